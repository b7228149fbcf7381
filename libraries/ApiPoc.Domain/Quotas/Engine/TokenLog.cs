namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>
/// A limit's tokens that are in use, by the moment each becomes free again. Moments are rounded up to a grain, so that the
/// log of any limit stays small (at most period ÷ grain entries).
/// </summary>
public sealed class TokenLog
{
    /// <summary>Moments (µs) and how many tokens become free at each, ascending.</summary>
    public SortedList<long, long> FreeAt { get; init; } = [];

    /// <summary>Tokens granted to calls that have not been answered.</summary>
    public long InFlight { get; set; }

    /// <summary>Tokens that are waiting to become free.</summary>
    public long Cooling { get; set; }

    /// <summary>Tokens of <paramref name="size"/> that are neither in flight nor cooling; negative when the limit shrank.</summary>
    public long Available(long size) => size - InFlight - Cooling;

    /// <summary>Drops what has become free.</summary>
    public void Advance(long now)
    {
        while (FreeAt.Count > 0 && FreeAt.GetKeyAtIndex(0) <= now)
        {
            Cooling -= FreeAt.GetValueAtIndex(0);
            FreeAt.RemoveAt(0);
        }
    }

    /// <summary>When the next token of <paramref name="size"/> can be used: now, a later moment, or null when that depends on calls in flight.</summary>
    public long? NextMoment(long size, long now)
    {
        var missing = 1 - Available(size);
        if (missing <= 0) return now;
        foreach (var (moment, count) in FreeAt)
        {
            missing -= count;
            if (missing <= 0) return moment;
        }

        return null;
    }

    /// <summary>When the token of the newest but so many accepted calls is free again (µs), 1 for the newest, or of the oldest that is remembered; null where none is.</summary>
    public long? FreeAtOf(long newest) => FreeAt.MomentOfNewest(newest) ?? (FreeAt.Count > 0 ? FreeAt.GetKeyAtIndex(0) : null);

    /// <summary>Takes the next token, now or at the moment just told: a cooling token that a grant will reuse no longer counts as cooling.</summary>
    /// <param name="size">The limit's size.</param>
    /// <param name="isBeyond">Whether the call goes beyond the size, to test it: then no token is reused.</param>
    public void Take(long size, bool isBeyond)
    {
        if (!isBeyond && Available(size) <= 0 && FreeAt.Count > 0)
        {
            var first = FreeAt.GetKeyAtIndex(0);
            if (--FreeAt[first] == 0) FreeAt.RemoveAt(0);
            Cooling--;
        }

        InFlight++;
    }

    /// <summary>
    /// Starts over from what the API surely counted, after a refusal has shown that the log was wrong: each counted call cools for
    /// a period, and calls in flight reuse the tokens that become free first.
    /// </summary>
    public void Rebuild(IEnumerable<KeyValuePair<long, long>> counted, long cooling, long size, long now)
    {
        FreeAt.Clear();
        Cooling = 0;
        foreach (var (at, count) in counted.Where(entry => entry.Key + cooling > now))
        {
            FreeAt.Add(at + cooling, count);
            Cooling += count;
        }

        while (FreeAt.Count > 0 && Available(size) < 0)
        {
            var surplus = Math.Min(-Available(size), FreeAt.GetValueAtIndex(0));
            Cooling -= surplus;
            FreeAt.SetValueAtIndex(0, FreeAt.GetValueAtIndex(0) - surplus);
            if (FreeAt.GetValueAtIndex(0) == 0) FreeAt.RemoveAt(0);
        }
    }

    /// <summary>Starts over without any token, as a bucket that was emptied: one after the other becomes free, evenly over a period.</summary>
    public void Empty(long size, long period, long now, long grain)
    {
        FreeAt.Clear();
        Cooling = 0;
        for (var token = InFlight + 1; token <= size; token++) Occupy(1, now + (token * period / size), grain);
    }

    /// <summary>Moves every cooling token's moment, when the period turns out to be another.</summary>
    public void Shift(long by, long now)
    {
        var moments = FreeAt.ToArray();
        FreeAt.Clear();
        Cooling = 0;
        foreach (var (moment, count) in moments.Where(entry => entry.Key + by > now))
        {
            FreeAt.Add(moment + by, count);
            Cooling += count;
        }
    }

    /// <summary>A call was counted by the API: its token is free again at <paramref name="freeAt"/>.</summary>
    public void Cool(long freeAt, long grain)
    {
        InFlight--;
        Occupy(1, freeAt, grain);
    }

    /// <summary>Keeps tokens from use until <paramref name="freeAt"/>, if <paramref name="count"/> is any.</summary>
    public void Occupy(long count, long freeAt, long grain)
    {
        if (count <= 0) return;
        var moment = (freeAt + grain - 1) / grain * grain;
        FreeAt[moment] = FreeAt.GetValueOrDefault(moment) + count;
        Cooling += count;
    }
}
