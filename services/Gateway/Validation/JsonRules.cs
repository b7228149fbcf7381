using System.Text.Json;

namespace ApiPoc.Gateway.Validation;

/// <summary>One keyword of a model.</summary>
internal interface IJsonRule
{
    /// <summary>What of <paramref name="value"/> breaks the rule; null when nothing does, or the rule concerns another kind of value.</summary>
    string? Fault(JsonElement value, string path);
}

internal sealed record TypeRule(string Type) : IJsonRule
{
    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null"];

    public static IJsonRule Compile(JsonElement keyword) => keyword.GetString() is { } type && Types.Contains(type, StringComparer.Ordinal)
        ? new TypeRule(type) : throw new FormatException($"type is one of {string.Join(", ", Types)}");

    public string? Fault(JsonElement value, string path) => IsOf(value) ? null : $"{path}: {Type} expected";

    private bool IsOf(JsonElement value) => Type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number) && decimal.IsInteger(number),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.Null,
    };
}

internal sealed record RequiredRule(string[] Names) : IJsonRule
{
    public static IJsonRule Compile(JsonElement keyword) => new RequiredRule([.. keyword.EnumerateArray().Select(name => name.GetString()!)]);

    public string? Fault(JsonElement value, string path) => value.ValueKind != JsonValueKind.Object ? null
        : Array.Find(Names, name => !value.TryGetProperty(name, out _)) is { } missing ? $"{path}.{missing}: missing" : null;
}

internal sealed record PropertiesRule(Dictionary<string, JsonModel> Models) : IJsonRule
{
    public static IJsonRule Compile(JsonElement keyword) =>
        new PropertiesRule(keyword.EnumerateObject().ToDictionary(property => property.Name, property => JsonModel.Compile(property.Value), StringComparer.Ordinal));

    public string? Fault(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var (name, model) in Models)
        {
            if (value.TryGetProperty(name, out var property) && model.Fault(property, $"{path}.{name}") is { } fault)
                return fault;
        }
        return null;
    }
}

internal sealed record NoOtherPropertiesRule(HashSet<string> Known) : IJsonRule
{
    public static IJsonRule Compile(JsonElement schema) => new NoOtherPropertiesRule(
        schema.TryGetProperty("properties", out var properties) ? [.. properties.EnumerateObject().Select(property => property.Name)] : []);

    // The unknown name is the caller's text and is not repeated.
    public string? Fault(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any(property => !Known.Contains(property.Name)) ? $"{path}: an unknown member" : null;
}

internal sealed record ItemsRule(JsonModel Model) : IJsonRule
{
    public static IJsonRule Compile(JsonElement keyword) => new ItemsRule(JsonModel.Compile(keyword));

    public string? Fault(JsonElement value, string path) => value.ValueKind != JsonValueKind.Array ? null
        : value.EnumerateArray().Select((item, index) => Model.Fault(item, $"{path}[{index}]")).FirstOrDefault(fault => fault is not null);
}

internal sealed record EnumRule(JsonElement[] Values) : IJsonRule
{
    public static IJsonRule Compile(JsonElement keyword) => new EnumRule([.. keyword.EnumerateArray().Select(value => value.Clone())]);

    public string? Fault(JsonElement value, string path) =>
        Array.Exists(Values, allowed => JsonElement.DeepEquals(allowed, value)) ? null : $"{path}: not one of the {Values.Length} allowed values";
}

internal sealed record RangeRule(JsonValueKind Kind, Func<JsonElement, decimal> Measure, decimal Bound, bool IsMinimum, string Unit) : IJsonRule
{
    public static IJsonRule OfLength(JsonElement bound, bool isMinimum) =>
        new RangeRule(JsonValueKind.String, value => value.GetString()!.EnumerateRunes().Count(), bound.GetDecimal(), isMinimum, " characters");

    public static IJsonRule OfNumber(JsonElement bound, bool isMinimum) =>
        new RangeRule(JsonValueKind.Number, NumberOf, bound.GetDecimal(), isMinimum, "");

    public static IJsonRule OfItems(JsonElement bound, bool isMinimum) =>
        new RangeRule(JsonValueKind.Array, value => value.GetArrayLength(), bound.GetDecimal(), isMinimum, " items");

    public string? Fault(JsonElement value, string path)
    {
        if (value.ValueKind != Kind || (IsMinimum ? Measure(value) >= Bound : Measure(value) <= Bound))
            return null;
        return $"{path}: {(IsMinimum ? "at least" : "at most")} {Bound}{Unit}";
    }

    // What is too large for a decimal is beyond every bound, on its side.
    private static decimal NumberOf(JsonElement value) => value.TryGetDecimal(out decimal number) ? number
        : value.GetRawText().StartsWith('-') ? decimal.MinValue : decimal.MaxValue;
}
