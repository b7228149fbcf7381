using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Stages;

/// <summary>What of a stage can be changed while it runs. <c>gateway.json</c> seeds it, the control plane patches it.</summary>
internal sealed record StageSettings
{
    /// <summary>The API.</summary>
    public required string ApiId { get; init; }

    /// <summary>The stage.</summary>
    public required string Stage { get; init; }

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>Settings by <c>{resource path}/{METHOD}</c> or <c>*/*</c>.</summary>
    public Dictionary<string, MethodSetting> MethodSettings { get; init; } = [];

    /// <summary>Whether the stage has a cache at all.</summary>
    public bool CacheClusterEnabled { get; init; }

    /// <summary>Kept for clients of the control plane, in GB as text.</summary>
    public string CacheClusterSize { get; init; } = "0.5";

    /// <summary>Stage variables.</summary>
    public Dictionary<string, string> Variables { get; init; } = [];

    /// <summary>Part of every cache key: a flush makes it another.</summary>
    public long CacheGeneration { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The settings a definition declares.</summary>
    public static StageSettings Declared(string apiId, string stage, StageDefinition definition) => new()
    {
        ApiId = apiId,
        Stage = stage,
        Description = definition.Description,
        MethodSettings = definition.MethodSettings,
        CacheClusterEnabled = definition.CacheClusterEnabled,
        Variables = definition.Variables,
    };
}
