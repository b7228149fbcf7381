namespace ApiPoc.Gateway.Definitions;

/// <summary>One method of a resource.</summary>
internal sealed record MethodDefinition
{
    /// <summary>Whether a call needs an API key; default false. Without it no usage plan applies.</summary>
    public bool ApiKeyRequired { get; init; }

    /// <summary>The authorizer's id; none by default.</summary>
    public string? Authorizer { get; init; }

    /// <summary>Declared parameters (<c>method.request.querystring.name</c>, <c>….header.name</c>, <c>….path.name</c>) and whether each is required.</summary>
    public Dictionary<string, bool> RequestParameters { get; init; } = [];

    /// <summary>The model's name a JSON body must satisfy; none by default.</summary>
    public string? RequestModel { get; init; }

    /// <summary>Media types accepted for a body; empty accepts every one. Others are answered with 415.</summary>
    public List<string> Consumes { get; init; } = [];

    /// <summary>The declared parameters that are part of the cache key; the method and resource always are.</summary>
    public List<string> CacheKeyParameters { get; init; } = [];

    /// <summary>What answers.</summary>
    public IntegrationDefinition Integration { get; init; } = new();
}
