using System.Text.Json;

namespace ApiPoc.Gateway.Validation;

/// <summary>
/// A model: JSON Schema draft 4 as far as API Gateway's users mostly write it: <c>type</c>, <c>required</c>, <c>properties</c>,
/// <c>additionalProperties: false</c>, <c>items</c>, <c>enum</c>, lengths and ranges. Other keywords are refused when the definition is read.
/// </summary>
internal sealed class JsonModel
{
    private static readonly string[] Annotations = ["$schema", "title", "description"];
    private static readonly Dictionary<string, Func<JsonElement, IJsonRule?>> Keywords = new(StringComparer.Ordinal)
    {
        ["type"] = TypeRule.Compile,
        ["required"] = RequiredRule.Compile,
        ["properties"] = PropertiesRule.Compile,
        ["additionalProperties"] = _ => null,
        ["items"] = ItemsRule.Compile,
        ["enum"] = EnumRule.Compile,
        ["minLength"] = bound => RangeRule.OfLength(bound, isMinimum: true),
        ["maxLength"] = bound => RangeRule.OfLength(bound, isMinimum: false),
        ["minimum"] = bound => RangeRule.OfNumber(bound, isMinimum: true),
        ["maximum"] = bound => RangeRule.OfNumber(bound, isMinimum: false),
        ["minItems"] = bound => RangeRule.OfItems(bound, isMinimum: true),
        ["maxItems"] = bound => RangeRule.OfItems(bound, isMinimum: false),
    };

    private readonly List<IJsonRule> _rules;

    private JsonModel(List<IJsonRule> rules) => _rules = rules;

    /// <summary>Compiles <paramref name="schema"/>.</summary>
    /// <exception cref="FormatException">It is no model; see <see cref="Problem"/>.</exception>
    public static JsonModel Compile(JsonElement schema)
    {
        var rules = schema.EnumerateObject().Select(Rule).OfType<IJsonRule>().ToList();
        if (schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.False)
            rules.Add(NoOtherPropertiesRule.Compile(schema));
        return new JsonModel(rules);
    }

    /// <summary>Why <paramref name="schema"/> cannot be a model; null when it can.</summary>
    public static string? Problem(JsonElement schema)
    {
        try
        {
            _ = Compile(schema);
            return null;
        }
        catch (FormatException unknown)
        {
            return unknown.Message;
        }
        catch (InvalidOperationException)
        {
            return "a keyword has a value of the wrong kind";
        }
    }

    /// <summary>What of <paramref name="value"/> does not satisfy the model; null when all does.</summary>
    public string? Fault(JsonElement value, string path) => _rules.Select(rule => rule.Fault(value, path)).FirstOrDefault(fault => fault is not null);

    private static IJsonRule? Rule(JsonProperty keyword)
    {
        if (Annotations.Contains(keyword.Name, StringComparer.Ordinal))
            return null;
        return Keywords.TryGetValue(keyword.Name, out var compile) ? compile(keyword.Value) : throw new FormatException($"the keyword {keyword.Name} is not known here");
    }
}
