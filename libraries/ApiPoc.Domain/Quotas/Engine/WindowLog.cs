using System.Text.Json.Serialization;

namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>
/// The belief that a limit counts in fixed windows: each opens at its first call, or, once an anchor is known, at fixed
/// moments. It predicts when the next window opens from when the last one did.
/// </summary>
public sealed class WindowLog
{
    private const int MostWindows = 4;

    /// <summary>The last windows, oldest first.</summary>
    public List<QuotaWindow> Windows { get; init; } = [];

    /// <summary>A moment (µs) at which some window began, when windows go by the clock.</summary>
    public long? Anchor { get; set; }

    /// <summary>The newest window.</summary>
    [JsonIgnore]
    public QuotaWindow? Current => Windows.Count == 0 ? null : Windows[^1];

    /// <summary>Calls of the window before that may have been counted in the newest one; none once whatever they were counted in has ended.</summary>
    public long CarriedAt(long now, long period)
    {
        if (Windows.Count < 2 || Anchor is not null) return 0;
        var before = Windows[^2];
        return now < (EndOf(before, period) ?? before.StartsAt + period) + period ? before.Overhang : 0;
    }

    /// <summary>When a window ends (µs), or null while nothing shows when it opened.</summary>
    public long? EndOf(QuotaWindow window, long period)
    {
        if (Anchor is not { } anchor) return window.EndsAt is { } told && !(window.OpenedAt + period < told) ? told : window.OpenedAt + period;
        var since = (window.OpenedAt ?? window.StartsAt) - anchor;
        return anchor + ((FloorDivide(since, period) + 1) * period);
    }

    /// <summary>Whether the newest window has ended and the next one may be opened.</summary>
    public bool HasEnded(long period, long guard, long now) => Current is { } current && EndOf(current, period) + guard <= now;

    /// <summary>When the next of <paramref name="size"/> calls may be sent, or null when that depends on calls in flight.</summary>
    public long? NextMoment(long size, long period, long guard, long now)
    {
        if (Current is not { } current) return now;
        var next = EndOf(current, period) + guard;
        if (next <= now) return now;
        return current.Granted + current.Foreign < size ? Math.Max(now, current.StartsAt) : next;
    }

    /// <summary>Counts a call to be sent at <paramref name="moment"/>.</summary>
    /// <returns>The window it belongs to.</returns>
    public QuotaWindow Take(long moment, long period, long guard)
    {
        if (Current is not { } current || EndOf(current, period) + guard <= moment)
            current = Add(new QuotaWindow { Id = NextId, StartsAt = moment, OpenedAt = Current?.Next?.At, OpenedNotBefore = Current?.Next?.NotBefore });

        current.Granted++;
        return current;
    }

    /// <summary>Opens a window with a call that is known to be its first.</summary>
    public QuotaWindow Open(long openedAt) => Add(new QuotaWindow { Id = NextId, StartsAt = openedAt, Granted = 1, LastOrdinal = 1 });

    /// <summary>The window a permit was granted in, if it is still remembered.</summary>
    public QuotaWindow? Find(long id) => Windows.Find(window => window.Id == id);

    private long NextId => (Current?.Id ?? 0) + 1;

    private QuotaWindow Add(QuotaWindow window)
    {
        Windows.Add(window);
        if (Windows.Count > MostWindows) Windows.RemoveAt(0);
        return window;
    }

    private static long FloorDivide(long value, long by) => value >= 0 ? value / by : -((-value + by - 1) / by);
}
