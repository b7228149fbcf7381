using System.Globalization;

namespace ApiPoc.ExternalApi.Surveys;

/// <summary>Which part of a collection is asked for, by <c>?page=1&amp;page_size=10</c>.</summary>
internal sealed record Paging(int Page, int PageSize)
{
    private const int MaxPage = 1_000_000;
    private const int MaxPageSize = 100;

    /// <summary>Reads the query; what is wrong with it is <paramref name="fault"/>.</summary>
    public static Paging? Parse(IQueryCollection query, out string fault)
    {
        fault = "";
        return Read(query, "page", 1, MaxPage, ref fault) is { } page && Read(query, "page_size", 10, MaxPageSize, ref fault) is { } size
            ? new Paging(page, size)
            : null;
    }

    /// <summary>The part of <paramref name="items"/>, with what it takes to ask for the next.</summary>
    public Page<T> Of<T>(string path, IReadOnlyList<T> items)
    {
        var part = items.Skip((Page - 1) * PageSize).Take(PageSize).ToArray();
        bool isLast = (long)Page * PageSize >= items.Count;
        return new Page<T>(part, Page, PageSize, items.Count, isLast ? null : $"{path}?page={Page + 1}&page_size={PageSize}");
    }

    private static int? Read(IQueryCollection query, string name, int absent, int max, ref string fault)
    {
        if (!query.TryGetValue(name, out var values))
            return absent;
        // TryParse alone would take a number followed by NUL characters.
        if (values is [{ } text] && text.All(char.IsAsciiDigit)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= max)
            return number;
        fault = $"'{name}' must be one whole number from 1 to {max}.";
        return null;
    }
}

/// <summary>One page of a collection.</summary>
/// <param name="Items">The resources.</param>
/// <param name="Number">Which page it is, from 1.</param>
/// <param name="PageSize">The most items of a page.</param>
/// <param name="Total">The items of all pages.</param>
/// <param name="Next">The path of the next page; absent on the last.</param>
internal sealed record Page<T>(
    IReadOnlyList<T> Items, [property: System.Text.Json.Serialization.JsonPropertyName("page")] int Number, int PageSize, int Total, string? Next);
