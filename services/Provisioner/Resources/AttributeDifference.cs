using System.Text.Json;
using System.Text.Json.Nodes;

namespace ApiPoc.Provisioner.Resources;

/// <summary>Finds which attributes are not as wanted.</summary>
internal static class AttributeDifference
{
    /// <summary>The wanted attributes whose present value means something else. JSON is compared by meaning, and numbers in it may be texts.</summary>
    public static Dictionary<string, string> Find(IReadOnlyDictionary<string, string> wanted, IReadOnlyDictionary<string, string>? present) =>
        wanted.Where(attribute => !AreEqual(attribute.Value, present?.GetValueOrDefault(attribute.Key)))
            .ToDictionary(attribute => attribute.Key, attribute => attribute.Value, StringComparer.Ordinal);

    /// <summary>For people.</summary>
    public static string Describe(IReadOnlyDictionary<string, string> difference) =>
        difference.Count == 0 ? "unchanged" : $"changed {string.Join(", ", difference.Keys)}";

    private static bool AreEqual(string wanted, string? present) =>
        wanted == present || (present is not null && wanted.StartsWith('{') && JsonNode.DeepEquals(ReadTexts(wanted), ReadTexts(present)));

    private static JsonNode? ReadTexts(string json)
    {
        try
        {
            return AsTexts(JsonNode.Parse(json));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode? AsTexts(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, AsTexts(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(AsTexts)]),
        JsonValue value => JsonValue.Create($"{value}"),
        _ => null,
    };
}
