using System.Reflection;
using System.Text.Json;

namespace ApiPoc.Gateway.Definitions;

/// <summary>
/// Compares JSON with the records it is meant for and reports every unknown member, repeated member and wrong type, where
/// the serializer would stop at the first.
/// </summary>
internal static class ShapeCheck
{
    /// <summary>Checks <paramref name="element"/> against <paramref name="type"/>.</summary>
    public static void Check(JsonElement element, Type type, DefinitionErrors errors, JsonSerializerOptions options)
    {
        if (type == typeof(JsonElement) || element.ValueKind == JsonValueKind.Null)
            return;
        foreach (var property in Expect(element, type, errors, options))
            Check(property.Element, property.Type, property.Errors, options);
    }

    private static IEnumerable<(JsonElement Element, Type Type, DefinitionErrors Errors)> Expect(
        JsonElement element, Type type, DefinitionErrors errors, JsonSerializerOptions options)
    {
        if (ItemOf(type, typeof(Dictionary<,>)) is { } valueType)
            return Members(element, errors).Select(member => (member.Value, valueType, errors.At(member.Name)));
        if (ItemOf(type, typeof(List<>)) is { } itemType)
            return Items(element, itemType, errors);
        if (type.Namespace == typeof(ShapeCheck).Namespace && !type.IsEnum)
            return Properties(element, type, errors);
        CheckValue(element, type, errors, options);
        return [];
    }

    private static Type? ItemOf(Type type, Type generic) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == generic ? type.GetGenericArguments()[^1] : null;

    private static IEnumerable<(JsonElement, Type, DefinitionErrors)> Properties(JsonElement element, Type type, DefinitionErrors errors)
    {
        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name), property => property.PropertyType, StringComparer.Ordinal);
        foreach (var member in Members(element, errors))
        {
            if (known.TryGetValue(member.Name, out var propertyType))
                yield return (member.Value, Nullable.GetUnderlyingType(propertyType) ?? propertyType, errors.At(member.Name));
            else
                errors.Add(member.Name, "unknown", $"expected one of {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}");
        }
    }

    private static IEnumerable<JsonProperty> Members(JsonElement element, DefinitionErrors errors)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add("", element.ValueKind, "an object is expected");
            yield break;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (seen.Add(member.Name))
                yield return member;
            else
                errors.Add(member.Name, "repeated", "a name may stand here once");
        }
    }

    private static IEnumerable<(JsonElement, Type, DefinitionErrors)> Items(JsonElement element, Type itemType, DefinitionErrors errors)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().Select((item, index) => (item, itemType, errors.At(index)));
        errors.Add("", element.ValueKind, "an array is expected");
        return [];
    }

    private static void CheckValue(JsonElement element, Type type, DefinitionErrors errors, JsonSerializerOptions options)
    {
        try
        {
            _ = element.Deserialize(type, options);
        }
        catch (JsonException)
        {
            errors.Add("", element.GetRawText(), Expectation(type));
        }
    }

    private static string Expectation(Type type) => type switch
    {
        { IsEnum: true } => $"expected one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseUpper.ConvertName))}",
        _ when type == typeof(TimeSpan) => "expected a duration, hh:mm:ss",
        _ when type == typeof(string) => "expected text",
        _ when type == typeof(bool) => "expected true or false",
        _ => "expected a number",
    };
}
