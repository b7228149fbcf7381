namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>
/// Orders jobs so that tenants share a quota by weight: start-time fair queueing (Goyal, Vin, Cheng 1996) over grants. Each
/// tenant has a tag that grows by 1 ÷ weight with every grant; the smallest tag goes first. A tenant without jobs lends its share;
/// it gets back what it lent within the last window, and nothing is owed for longer.
/// </summary>
public sealed class FairShare
{
    /// <summary>Nothing is owed for longer (µs), however long the windows: others are not to stand still for it.</summary>
    public const long LongestLoan = 60_000_000;

    /// <summary>Every active tenant's tag.</summary>
    public Dictionary<string, double> Tags { get; init; } = [];

    /// <summary>The tag of the last grant.</summary>
    public double Present { get; set; }

    /// <summary>What <see cref="Present"/> was when the window began: a tenant that comes back starts here.</summary>
    public double Begin { get; set; }

    /// <summary>When that window began (µs).</summary>
    public long BeganAt { get; set; }

    /// <summary>Begins the next window when the last one, <paramref name="window"/> long (µs), is over: loans older than it are forgotten.</summary>
    public void Advance(long now, long window)
    {
        if (now - BeganAt >= Math.Min(window, LongestLoan)) (Begin, BeganAt) = (Present, now);
    }

    /// <summary>Indices of the requests, in the order they should be granted.</summary>
    public List<int> Order(IReadOnlyList<string> tenants, IReadOnlyDictionary<string, double> weights)
    {
        var tags = new Dictionary<string, double>(StringComparer.Ordinal);
        var keyed = new (double Tag, int Index)[tenants.Count];
        for (var index = 0; index < tenants.Count; index++)
        {
            var tag = tags.TryGetValue(tenants[index], out var last) ? last : StartOf(tenants[index]);
            keyed[index] = (tag, index);
            tags[tenants[index]] = tag + Cost(tenants[index], weights);
        }

        return [.. keyed.OrderBy(entry => entry.Tag).ThenBy(entry => entry.Index).Select(entry => entry.Index)];
    }

    /// <summary>A request of the tenant was granted.</summary>
    public void Granted(string tenant, IReadOnlyDictionary<string, double> weights)
    {
        var start = StartOf(tenant);
        Present = Math.Max(Present, start);
        Tags[tenant] = start + Cost(tenant, weights);
        foreach (var idle in Tags.Where(entry => entry.Value < Begin && entry.Key != tenant).Select(entry => entry.Key).ToList()) Tags.Remove(idle);
    }

    private double StartOf(string tenant) => Math.Max(Begin, Tags.GetValueOrDefault(tenant));

    private static double Cost(string tenant, IReadOnlyDictionary<string, double> weights) => 1 / weights.GetValueOrDefault(tenant, 1);
}
