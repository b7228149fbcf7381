namespace ApiPoc.Domain.Quotas;

/// <summary>The order of those who wait for one quota.</summary>
public static class Turns
{
    /// <summary>Kinds in turn, and of each the first before the second: many of one, which may have to wait, hide no other from the quota.</summary>
    /// <param name="waiting">Those who wait, in their order.</param>
    /// <param name="kindOf">What they may have to wait for alike, e.g. their tenant.</param>
    public static IEnumerable<T> InTurn<T, TKind>(this IEnumerable<T> waiting, Func<T, TKind> kindOf) => waiting
        .GroupBy(kindOf).SelectMany(kind => kind.Select((one, turn) => (One: one, Turn: turn)))
        .OrderBy(entry => entry.Turn).Select(entry => entry.One);
}
