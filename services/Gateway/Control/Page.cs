using System.Buffers.Text;
using System.Reflection;
using System.Text;

namespace ApiPoc.Gateway.Control;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="After">The id after which it begins; empty for the beginning.</param>
/// <param name="Limit">The most items, 1 to 500; 25 when not said.</param>
internal sealed record PageRequest(string After, int Limit) : IBindableFromHttpContext<PageRequest>
{
    private const int DefaultLimit = 25;
    private const int MaximumLimit = 500;

    /// <inheritdoc/>
    /// <exception cref="ControlException">The limit is out of range, or the position is none of ours.</exception>
    public static ValueTask<PageRequest?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = context.Request.Query;
        return ValueTask.FromResult<PageRequest?>(new PageRequest(IdIn(query["position"]), LimitIn(query["limit"])));
    }

    /// <summary>This part of <paramref name="items"/>. What is added or deleted meanwhile moves no other item to another page.</summary>
    public Page<T> Of<T>(IEnumerable<T> items, Func<T, string> idOf)
    {
        var page = items.Where(item => string.CompareOrdinal(idOf(item), After) > 0).OrderBy(idOf, StringComparer.Ordinal).Take(Limit + 1).ToList();
        if (page.Count <= Limit)
            return new Page<T>(page, Position: null);
        page.RemoveAt(Limit);
        return new Page<T>(page, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(idOf(page[^1]))));
    }

    private static string IdIn(string? position)
    {
        if (string.IsNullOrEmpty(position))
            return "";
        return Base64Url.IsValid(position)
            ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(position)) : throw new ControlException(ControlError.BadRequest("Invalid position parameter"));
    }

    private static int LimitIn(string? limit)
    {
        if (string.IsNullOrEmpty(limit))
            return DefaultLimit;
        return int.TryParse(limit, out int number) && number is >= 1 and <= MaximumLimit
            ? number : throw new ControlException(ControlError.BadRequest($"Invalid limit parameter: expected 1 to {MaximumLimit}"));
    }
}

/// <summary>A part of a list, under the names the SDKs read.</summary>
/// <param name="Item">The items.</param>
/// <param name="Position">Asks for the next part; null at the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Item, string? Position)
{
    /// <summary>The same part with other items.</summary>
    public Page<TResult> Select<TResult>(Func<T, TResult> make) => new([.. Item.Select(make)], Position);
}
