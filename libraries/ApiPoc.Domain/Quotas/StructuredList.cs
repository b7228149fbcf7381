using System.Text;

namespace ApiPoc.Domain.Quotas;

/// <summary>
/// The part of a structured field list (RFC 9651) that rate limit headers use: items apart by commas, parameters by semicolons, names
/// and values bare or quoted. The drafts' earlier dictionary, <c>limit=10, remaining=3</c>, reads as one item with these parameters.
/// </summary>
internal static class StructuredList
{
    /// <summary>Reads a header's value; whatever is malformed is left out.</summary>
    public static List<RateLimitHeaders.Item> Parse(string header)
    {
        List<RateLimitHeaders.Item> items = [];
        var dictionary = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string member in Split(header, ','))
        {
            var parts = Split(member, ';').ConvertAll(part => part.Trim());
            var parameters = parts.Skip(1).Select(Pair).OfType<(string, string)>();
            if (Pair(parts[0]) is var (name, value))
                dictionary.TryAdd(name, value);
            else if (parts[0].Length > 0)
                items.Add(new(Unquote(parts[0]), ToDictionary(parameters)));
        }
        if (dictionary.Count > 0)
            items.Insert(0, new("", dictionary));
        return items;
    }

    private static (string Name, string Value)? Pair(string text)
    {
        int equals = text.StartsWith('"') ? -1 : text.IndexOf('=');
        return equals > 0 ? (text[..equals].Trim(), Unquote(text[(equals + 1)..].Trim())) : null;
    }

    private static Dictionary<string, string> ToDictionary(IEnumerable<(string Name, string Value)> pairs)
    {
        var dictionary = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in pairs)
            dictionary.TryAdd(name, value);
        return dictionary;
    }

    private static string Unquote(string text) => text is ['"', .. var inner, '"'] ? inner : text;

    // A separator within quotes separates nothing.
    private static List<string> Split(string text, char separator)
    {
        List<string> parts = [];
        var part = new StringBuilder();
        bool isQuoted = false;
        foreach (char character in text)
        {
            if (character == '"')
                isQuoted = !isQuoted;
            if (character != separator || isQuoted)
            {
                part.Append(character);
                continue;
            }
            parts.Add(part.ToString());
            part.Clear();
        }
        parts.Add(part.ToString());
        return parts;
    }
}
