namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>
/// Places in everybody's limits that are kept, during one ask, for tenants that wait for a limit of their own alone: its period ends a little later, and
/// those whose turn comes after them would have used everybody's up by then, period after period. Nothing is kept that is free again in time.
/// </summary>
/// <param name="state">The quota.</param>
/// <param name="now">Now (µs).</param>
internal sealed class KeptPlaces(QuotaState state, long now)
{
    private readonly long[] _kept = new long[state.Limits.Count];
    private readonly long[] _waiting = new long[state.Limits.Count];

    /// <summary>How many places of a limit are kept.</summary>
    public long this[int limit] => _kept[limit];

    /// <summary>A request waits; where that is for its tenant's own limits alone, its places in the others are kept.</summary>
    public void Keep(string tenant, List<(int Index, LimitPacer.Slot Slot)> slots)
    {
        var isForEverybodys = slots.Exists(entry => entry.Slot.Moment is null && state.Limits[entry.Index].Tenant is null);
        if (isForEverybodys || state.ClosingOf(tenant).Until > now + QuotaRules.Horizon) return;
        var charged = slots.ConvertAll(entry => entry.Index);
        var moment = now;
        foreach (var own in charged.Where(index => state.Limits[index].Tenant is not null))
        {
            // Of one that is being learned anew nobody knows when it lets calls go.
            if (state.Limits[own].Search is not null || MomentOf(state.Limits[own], ++_waiting[own]) is not { } free) return;
            moment = Math.Max(moment, free);
        }

        var turn = charged.Max(index => _waiting[index]);
        foreach (var index in charged.Where(index => state.Limits[index] is { Tenant: null, Search: null, IsRefuted: false }))
            if (FreeUntil(state.Limits[index], moment) - FreeUntil(state.Limits[index], now + QuotaRules.Horizon) < turn) _kept[index]++;
    }

    /// <summary>When so many calls more fit under a limit (µs); null when that depends on calls in flight.</summary>
    private long? MomentOf(LimitState limit, long calls)
    {
        var moments = limit.FollowsWindows ? [EndOf(limit)] : limit.Log.FreeAt.Keys;
        return FreeUntil(limit, now) >= calls ? now : moments.Where(moment => FreeUntil(limit, moment) >= calls).Cast<long?>().FirstOrDefault();
    }

    /// <summary>How many calls a limit lets go until a moment (µs).</summary>
    private static long FreeUntil(LimitState limit, long moment)
    {
        if (!limit.FollowsWindows) return limit.Log.Available(limit.Size) + limit.Log.FreeAt.Where(entry => entry.Key <= moment).Sum(entry => entry.Value);
        var left = limit.Size - (limit.Window.Current is { } window ? window.Granted + window.Foreign : 0);
        return Math.Max(0, left) + (EndOf(limit) <= moment ? limit.Size : 0);
    }

    private static long EndOf(LimitState limit) => limit.Window.Current is not { } window
        ? long.MaxValue
        : (limit.Window.EndOf(window, limit.Period) ?? window.StartsAt + limit.Period) + limit.Guard;
}
