using System.Text.Json.Nodes;
using ApiPoc.Provisioner.Resources;

namespace ApiPoc.Provisioner.Templates;

/// <summary>The functions <c>{"Ref": "Name"}</c> and <c>{"Fn::GetAtt": ["Name", "Attribute"]}</c>.</summary>
internal static class TemplateFunctions
{
    private const string Ref = "Ref";
    private const string GetAtt = "Fn::GetAtt";

    /// <summary>The names of the resources a value refers to.</summary>
    public static IEnumerable<string> FindReferences(JsonNode? node) => FunctionsIn(node).Where(IsSupported).Select(function => Target(function).Name).Distinct();

    /// <summary>The functions in a value that are not supported here, as they stand.</summary>
    public static IEnumerable<string> FindUnsupported(JsonNode? node) =>
        FunctionsIn(node).Where(function => !IsSupported(function)).Select(function => function.ToJsonString());

    /// <summary>A copy of the value with the functions replaced by what they stand for.</summary>
    /// <exception cref="TemplateException">A resource has no attribute of that name.</exception>
    public static JsonNode? Resolve(JsonNode? node, IReadOnlyDictionary<string, ProvisionedResource> resources) => node switch
    {
        JsonObject function when IsFunction(function) => ValueOf(Target(function), resources),
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Resolve(member.Value, resources)))),
        JsonArray items => new JsonArray([.. items.Select(item => Resolve(item, resources))]),
        _ => node?.DeepClone(),
    };

    private static IEnumerable<JsonObject> FunctionsIn(JsonNode? node) => node switch
    {
        JsonObject function when IsFunction(function) => [function],
        JsonObject members => members.SelectMany(member => FunctionsIn(member.Value)),
        JsonArray items => items.SelectMany(FunctionsIn),
        _ => [],
    };

    private static bool IsFunction(JsonObject node) => node.Count == 1 && node.All(member => member.Key == Ref || member.Key.StartsWith("Fn::", StringComparison.Ordinal));

    // Pseudo parameters such as AWS::Region look like references too.
    private static bool IsSupported(JsonObject function) =>
        (function[Ref] is JsonValue name && !$"{name}".StartsWith("AWS::", StringComparison.Ordinal)) || function[GetAtt] is JsonArray { Count: 2 };

    private static (string Name, string? Attribute) Target(JsonObject function) =>
        function[GetAtt] is { } path ? ($"{path[0]}", $"{path[1]}") : ($"{function[Ref]}", null);

    private static JsonNode ValueOf((string Name, string? Attribute) target, IReadOnlyDictionary<string, ProvisionedResource> resources)
    {
        var resource = resources[target.Name];
        if (target.Attribute is null)
            return resource.Ref;
        return resource.Attributes.TryGetValue(target.Attribute, out var value)
            ? value
            : throw new TemplateException([$"{target.Name} has no attribute {target.Attribute}; it has {string.Join(", ", resource.Attributes.Keys)}"]);
    }
}
