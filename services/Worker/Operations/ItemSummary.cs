using System.Text.Json;

namespace ApiPoc.Worker.Operations;

/// <summary>Counts the items of an answer and names the first of them.</summary>
internal static class ItemSummary
{
    private const int MaxIds = 16;
    private const int MaxIdLength = 40;

    /// <summary>E.g. <c>{"surveys":2,"ids":["1","2"]}</c>. Items are the list in <c>data</c>, or in the answer itself; anything else is one item.</summary>
    public static string Of(string what, JsonElement answer)
    {
        var data = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("data", out var inner) ? inner : answer;
        JsonElement[] items = data.ValueKind == JsonValueKind.Array ? [.. data.EnumerateArray()] : [data];
        var summary = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [what] = items.Length,
            ["ids"] = items.Select(Id).OfType<string>().Take(MaxIds),
        };
        return JsonSerializer.Serialize(summary);
    }

    private static string? Id(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("id", out var id))
            return null;
        string text = id.ToString();
        return text.Length <= MaxIdLength ? text : text[..MaxIdLength];
    }
}
