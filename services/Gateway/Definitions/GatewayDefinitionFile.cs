using System.Text.Json;
using System.Text.Json.Serialization;

namespace ApiPoc.Gateway.Definitions;

/// <summary>Reads <c>gateway.json</c>: JSON with comments and trailing commas allowed.</summary>
internal static class GatewayDefinitionFile
{
    /// <summary>How definitions are written: camel case, enumerations in upper snake case as AWS writes them, nothing unknown.</summary>
    public static JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false) },
    };

    /// <summary>Reads and checks the whole file.</summary>
    /// <param name="json">The file's content, UTF-8.</param>
    /// <param name="policy">What depends on where the gateway runs.</param>
    /// <exception cref="GatewayDefinitionException">Everything that is wrong with it.</exception>
    public static GatewayDefinition Parse(ReadOnlyMemory<byte> json, DefinitionPolicy policy)
    {
        var errors = new DefinitionErrors();
        var definition = Read(json, errors);
        if (definition is not null)
            GatewayDefinitionValidator.Validate(definition, policy, errors);
        return errors.Messages.Count == 0 ? definition! : throw new GatewayDefinitionException(errors.Messages);
    }

    private static GatewayDefinition? Read(ReadOnlyMemory<byte> json, DefinitionErrors errors)
    {
        try
        {
            var reading = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 };
            using var document = JsonDocument.Parse(json, reading);
            ShapeCheck.Check(document.RootElement, typeof(GatewayDefinition), errors, JsonOptions);
            return errors.Messages.Count == 0 ? document.RootElement.Deserialize<GatewayDefinition>(JsonOptions) : null;
        }
        catch (JsonException malformed)
        {
            errors.Add($"line {malformed.LineNumber + 1}", $"column {malformed.BytePositionInLine + 1}", "this is not JSON from here on");
            return null;
        }
    }
}

/// <summary>What a definition may hold depends on where the gateway runs.</summary>
/// <param name="AllowSecrets">Whether key values may stand in the file: Development only.</param>
internal sealed record DefinitionPolicy(bool AllowSecrets);

/// <summary><c>gateway.json</c> cannot be used.</summary>
internal sealed class GatewayDefinitionException(IReadOnlyList<string> errors)
    : Exception($"gateway.json cannot be used:{Environment.NewLine}{string.Join(Environment.NewLine, errors.Select(error => $"  {error}"))}")
{
    /// <summary>Everything that is wrong, each as <c>key: value: why</c>.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
