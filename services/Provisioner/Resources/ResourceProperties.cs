using System.Text.Json;
using System.Text.Json.Nodes;
using ApiPoc.Provisioner.Templates;

namespace ApiPoc.Provisioner.Resources;

/// <summary>A resource's properties, functions resolved.</summary>
internal sealed class ResourceProperties(JsonObject properties)
{
    /// <summary>A required property as text.</summary>
    /// <exception cref="TemplateException">It is missing.</exception>
    public string Required(string name) => properties[name] is { } value ? Attribute(value) : throw new TemplateException([$"{name} is missing in {properties.ToJsonString()}"]);

    /// <summary>A list of texts.</summary>
    public IEnumerable<string> List(string name) => properties[name] is JsonArray items ? items.Select(item => $"{item}") : [];

    /// <summary>Those of the named properties that are given, as the services take attributes: numbers and booleans as text, objects as JSON.</summary>
    public Dictionary<string, string> Attributes(IEnumerable<string> names) =>
        names.Where(name => properties[name] is not null).ToDictionary(name => name, name => Attribute(properties[name]!), StringComparer.Ordinal);

    private static string Attribute(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.ToJsonString(),
    };
}
