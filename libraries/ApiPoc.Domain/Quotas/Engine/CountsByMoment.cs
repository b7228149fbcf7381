namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>How many of something there were at each moment (µs), ascending.</summary>
internal static class CountsByMoment
{
    /// <summary>The moment of the newest but so many, 1 for the newest; null where there are not as many.</summary>
    public static long? MomentOfNewest(this SortedList<long, long> counts, long newest)
    {
        for (var entry = counts.Count - 1; entry >= 0; entry--)
        {
            newest -= counts.GetValueAtIndex(entry);
            if (newest <= 0) return counts.GetKeyAtIndex(entry);
        }

        return null;
    }
}
