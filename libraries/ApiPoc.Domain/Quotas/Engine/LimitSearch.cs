namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>
/// Finds a limit nobody declared, by refusals alone: calls run until one is refused, then single ones are sent at widening intervals
/// until one is accepted, and all that once more. The second run begins with a window, so it counts the size, and the time between the
/// two openings is the period: the roundest number between the bounds. Pure; times in µs of one clock.
/// </summary>
public static class LimitSearch
{
    /// <summary>No period is shorter than this, and a search asks no more often (µs).</summary>
    public const long ShortestWait = 25_000;

    private const double Widening = 1.25;

    /// <summary>What the API's clock may be behind the store's (µs).</summary>
    private const long ClockMargin = 10_000;

    /// <summary>Periods people choose, in µs.</summary>
    private static readonly long[] Round =
    [
        .. new double[] { 0.1, 0.2, 0.25, 0.5, 1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 86400 }
            .Select(seconds => (long)(seconds * LimitState.WholeSecond)),
    ];

    /// <summary>When the next call is to be sent.</summary>
    public static LimitPacer.Slot Next(LimitState limit, long now)
    {
        var search = limit.Search!;
        var waiting = new LimitPacer.Slot(null, default, null, $"{limit.Name}: being learned");
        if (!search.IsWaiting)
            return limit.Log.InFlight < InTheAir(search, limit.Log.InFlight) ? new(now, PermitPurpose.Use, null, "") : waiting;
        if (limit.Log.InFlight > 0) return waiting;
        var next = NextProbe(search);
        return next <= now ? new(now, PermitPurpose.TestPeriod, null, "") : waiting with { AskAgainAt = next };
    }

    /// <summary>A call was accepted.</summary>
    /// <returns>The window that has just opened, if that ends the search.</returns>
    public static QuotaWindow? Accepted(LimitState limit, LimitCharge charge, long countedAt)
    {
        var search = limit.Search!;
        if (charge.Purpose is not PermitPurpose.TestPeriod)
        {
            search.OpenedAt = Math.Min(search.OpenedAt ?? countedAt, countedAt);
            search.LastAcceptedAt = Math.Max(search.LastAcceptedAt, countedAt);
            if (!search.IsSizeKnown) search.Accepted++;
            return null;
        }

        if (search.FirstAccepted is null)
        {
            search.BeginSecondRun(countedAt);
            return null;
        }

        return Finish(limit, search.Accepted, search.Period ?? PeriodBetween(search.Elapsed, countedAt - search.OpenedAfter), LimitShape.Window, countedAt);
    }

    /// <summary>A call to be sent at <paramref name="moment"/> was refused.</summary>
    /// <returns>When the next call is worth sending (µs).</returns>
    public static long Refused(LimitState limit, long moment, long answeredAt, long? retryAfter)
    {
        var search = limit.Search!;
        search.RefusedAt = Math.Max(search.RefusedAt, moment);
        search.ToldAt = answeredAt + retryAfter;
        // A sliding log gives back what was used one by one: so soon after the wait it has hardly anything.
        if (search is { IsWaiting: false, FirstAccepted: { } first } && search.Accepted + limit.Log.InFlight < first / 2)
            Finish(limit, first, search.Period ?? PeriodBetween(search.AtLeast, search.AtMost), LimitShape.SlidingLog, answeredAt);
        search.IsWaiting = true;
        return search.IsSizeKnown ? NextProbe(search) : answeredAt;
    }

    /// <summary>
    /// A learned period may be too long, and then nothing is ever refused: while its bounds are more than a twentieth apart, a single call
    /// asks halfway whether the next window has opened.
    /// </summary>
    /// <returns>When (µs); null when there is nothing to ask, or not yet.</returns>
    public static long? NextRefinement(LimitState limit)
    {
        if (limit.DeclaredSize is not null) return limit.Window.Current is { InFlight: 0 } ? EndByClock(limit) : null;
        if (limit.PeriodAtLeast == 0 || limit.Window.Current is not { OpenedAt: { } opened, InFlight: 0 } current) return null;
        if (current.Accepted + current.Foreign < limit.Size) return null;
        if (limit.IsTold) return ToldPeriod.NextQuestion(limit, opened);
        if (limit.Period - limit.PeriodAtLeast < limit.Period / 20) return null;
        var halfway = (limit.PeriodAtLeast + limit.Period) / 2;
        var round = Array.Find(Round, period => period > limit.PeriodAtLeast && period < limit.Period - (limit.Period / 20));
        return opened + (round > 0 ? round : halfway) + limit.Guard;
    }

    /// <summary>The single call was refused.</summary>
    public static void NotOpenedYet(LimitState limit, LimitCharge charge, long moment, long answeredAt, long? retryAfter)
    {
        limit.IsClockAsked = limit.IsTold || limit.ToldAt is not null || retryAfter is null;
        limit.ToldAt = answeredAt + retryAfter;
        if (limit.DeclaredSize is null && limit.Window.Find(charge.Window)?.OpenedAt is { } opened)
            limit.PeriodAtLeast = Math.Max(limit.PeriodAtLeast, moment - opened);
    }

    /// <summary>The next window had opened earlier than expected.</summary>
    /// <returns>That window.</returns>
    public static QuotaWindow OpenedEarly(LimitState limit, LimitCharge charge, long countedAt)
    {
        if (limit.Window.Find(charge.Window) is not { OpenedAt: { } opened } window)
        {
            var first = limit.Window.Open(countedAt);
            limit.FollowWindows(first, countedAt);
            return first;
        }

        window.Granted--;
        // Where the answer took longer than the rest of the window was believed to, others have left for the next one already.
        var next = limit.Window.Find(window.Id + 1) ?? HeldBack(limit, window, countedAt);
        (next.Granted, next.LastOrdinal, next.StartsAt) = (next.Granted + 1, next.LastOrdinal + 1, Math.Min(next.StartsAt, countedAt));
        if (limit is { IsTold: true, DeclaredSize: null }) ToldPeriod.OpenedEarly(limit, window, next.StartsAt);
        else if (limit.DeclaredSize is null) limit.Period = Math.Min(limit.Period, PeriodBetween(limit.PeriodAtLeast, next.StartsAt - opened));
        return next;
    }

    /// <summary>A window has opened after the one that refused a call: it counted what was accepted of those granted before, held back, and sent since.</summary>
    /// <returns>That window.</returns>
    public static QuotaWindow HeldBack(LimitState limit, QuotaWindow window, long countedAt)
    {
        var held = limit.Counted.Where(entry => entry.Key > window.RefusedAt).ToList();
        var count = held.Sum(entry => entry.Value);
        (window.Granted, window.Accepted) = (window.Granted - count, window.Accepted - count);
        var next = limit.Window.Open(held.Count > 0 ? Math.Min(countedAt, held[0].Key + limit.Grain) : countedAt);
        limit.FollowWindows(next, countedAt);
        (next.Granted, next.Accepted, next.LastOrdinal) = (count, count, count);
        if (count > 0) (next.OpenedAt, next.OpenedNotBefore) = (next.StartsAt, held[0].Key);
        return next;
    }

    /// <summary>A window that should have opened had not: the period is longer than was taken for found, as when the first window seen was only the rest of one.</summary>
    public static void Again(LimitState limit, QuotaWindow window, long moment)
    {
        limit.Window.Windows.Remove(window);
        var opened = limit.Window.Current?.OpenedAt ?? moment;
        limit.Search = new SearchState
        {
            FirstAccepted = limit.Size,
            Accepted = limit.Size,
            OpenedAt = opened,
            OpenedAfter = opened,
            LastAcceptedAt = opened,
            AtLeast = limit.Period,
            RefusedAt = moment,
            IsSizeKnown = true,
            IsWaiting = true,
        };
    }

    /// <summary>The size is wrong again and again, and it is not known how it is counted: as at first, but a declared period is believed.</summary>
    /// <returns>When the next call is worth sending (µs).</returns>
    public static long Anew(LimitState limit, QuotaWindow? window, long moment, long answeredAt)
    {
        limit.Search = new SearchState
        {
            // What was believed before was wrong: only what was let through counts, or one search after the other would send more at once.
            Accepted = Math.Clamp(limit.AcceptedBefore(moment), 1, limit.Size),
            OpenedAt = Math.Max(window?.OpenedAt ?? 0, moment - (limit.Period / 2)),
            LastAcceptedAt = moment,
            RefusedAt = moment,
            Period = limit.DeclaredSize is null ? null : limit.Period,
            IsWaiting = true,
        };
        return answeredAt;
    }

    /// <summary>Ends the search.</summary>
    /// <returns>The window that opened at <paramref name="openedAt"/>.</returns>
    public static QuotaWindow Finish(LimitState limit, long size, long period, LimitShape shape, long openedAt)
    {
        limit.PeriodAtLeast = limit.Search!.SurelyAtLeast;
        limit.Counted.Clear();
        foreach (var run in limit.Search.Run(limit.Grain).GroupBy(at => at)) limit.Counted.Add(run.Key, run.Count());
        limit.Search = null;
        limit.Size = Math.Clamp(size, 1, limit.DeclaredSize ?? long.MaxValue);
        limit.Period = period;
        limit.Shape = shape;
        limit.IsVerified = true;
        (limit.FullWindows, limit.WindowsUsedUp, limit.FollowedIn) = (0, 0, null);
        limit.Log.FreeAt.Clear();
        limit.Log.Cooling = 0;
        if (shape is LimitShape.SlidingLog) limit.Log.Occupy(limit.Size - limit.Log.InFlight, openedAt + period, limit.Grain);
        else foreach (var (at, count) in limit.Counted) limit.Log.Occupy(count, limit.FreeAgainAt(at), limit.Grain);
        limit.Window.Windows.Clear();
        return limit.Window.Open(openedAt);
    }

    /// <summary>
    /// Many APIs' windows begin at multiples of the period since 1970. The first that is used up is asked once whether it ends there, and
    /// once more when a refusal tells another moment, if that gains a twentieth of a period at least.
    /// </summary>
    /// <returns>When to ask (µs); null when there is nothing to gain.</returns>
    public static long? EndByClock(LimitState limit)
    {
        if (limit is not { IsVerified: true, IsTold: false, IsClockAsked: false, Shape: LimitShape.Unknown }) return null;
        if (limit is not { DeclaredSize: not null, Window.Current.OpenedAt: { } opened }) return null;
        var end = limit.ToldAt ?? NextByClock(limit, opened);
        // Later, a token of a sliding log may have become free, and room would prove nothing.
        var proves = limit.Window.Current.OpenedNotBefore + limit.Period - (limit.Period / 20);
        return end < proves ? end : null;
    }

    /// <summary>When a window that opened at <paramref name="opened"/> ends, if windows begin at multiples of the period since 1970 (µs).</summary>
    public static long NextByClock(LimitState limit, long opened) => (((opened / limit.Period) + 1) * limit.Period) + ClockMargin;

    /// <summary>Whether people choose such a period (µs).</summary>
    public static bool IsRound(long period) => Array.IndexOf(Round, period) >= 0;

    /// <summary>A few at a time, so that the first refusal costs few more; where the first run ended, the second is likely to, unless it has gone twice as far.</summary>
    private static long InTheAir(SearchState search, long inFlight) =>
        search.Accepted + inFlight >= search.FirstAccepted && search.Accepted < 2 * search.FirstAccepted ? 2 : Math.Clamp(search.Accepted / 4, 2, 64);

    private static long NextProbe(SearchState search)
    {
        var opened = search.OpenedAt ?? search.RefusedAt;
        if (search is { Period: { } period, FirstAccepted: not null }) return Math.Max(opened + period + LimitState.DefaultGuard, search.RefusedAt + ShortestWait);
        var next = opened + (long)(search.Elapsed * Widening);
        if (search.FirstAccepted is not null && Array.Find(Round, period => period >= search.Elapsed - ShortestWait) is > 0 and var round)
            next = Math.Min(next, opened + round + LimitState.DefaultGuard);
        next = Math.Max(next, search.RefusedAt + ShortestWait);
        return search.ToldAt is { } told ? Math.Clamp(next, told - LimitState.WholeSecond, told) : next;
    }

    private static long PeriodBetween(long atLeast, long atMost) =>
        Array.Find(Round, period => period > atLeast - ShortestWait && period <= atMost + ShortestWait) is > 0 and var round ? round : Math.Max(ShortestWait, atMost);
}

/// <summary>How far a <see cref="LimitSearch"/> has come.</summary>
public sealed class SearchState
{
    /// <summary>Whether single calls find out when there is room again; otherwise calls run.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>The period, where it is known and only the size is searched (µs).</summary>
    public long? Period { get; set; }

    /// <summary>Whether the size was learned before and only the period is searched.</summary>
    public bool IsSizeKnown { get; set; }

    /// <summary>When the present run's first call was counted, at the latest (µs).</summary>
    public long? OpenedAt { get; set; }

    /// <summary>Its window opened after this moment (µs).</summary>
    public long OpenedAfter { get; set; }

    /// <summary>When the present run's last call was counted, at the latest (µs).</summary>
    public long LastAcceptedAt { get; set; }

    /// <summary>Calls accepted in the present run.</summary>
    public long Accepted { get; set; }

    /// <summary>Calls accepted in the first run, once it has ended.</summary>
    public long? FirstAccepted { get; set; }

    /// <summary>The period is longer than this (µs).</summary>
    public long AtLeast { get; set; }

    /// <summary>The time from the first run to the second (µs).</summary>
    public long AtMost { get; set; }

    /// <summary>The newest refused call left at this moment or later (µs).</summary>
    public long RefusedAt { get; set; }

    /// <summary>When Retry-After said that there is room, rounded up to whole seconds (µs).</summary>
    public long? ToldAt { get; set; }

    /// <summary>How long a window is known to last at least (µs): a first run longer than the second was in two windows, and tells nothing.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Elapsed => Math.Max(FirstAccepted > Accepted ? 0 : AtLeast, RefusedAt - (OpenedAt ?? RefusedAt));

    /// <summary>The period is longer than the refusals after a run's last call lasted (µs); the run itself may have been in several windows.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long SurelyAtLeast => Math.Max(0, RefusedAt - Math.Max(LastAcceptedAt, OpenedAt ?? RefusedAt));

    /// <summary>When the present run's calls were counted, about (µs, floored to <paramref name="grain"/>): evenly from the first to the last.</summary>
    public IEnumerable<long> Run(long grain) => OpenedAt is not { } first ? [] : Enumerable.Range(0, (int)Accepted)
        .Select(call => (first + ((LastAcceptedAt - first) * call / Math.Max(1, Accepted - 1))) / grain * grain);

    /// <summary>There was room again: a window has opened, or a token has become free.</summary>
    public void BeginSecondRun(long countedAt)
    {
        var opened = OpenedAt ?? countedAt;
        (FirstAccepted, AtLeast, AtMost, OpenedAfter) = (Accepted, Math.Max(0, RefusedAt - opened), countedAt - opened, RefusedAt);
        (OpenedAt, LastAcceptedAt, Accepted, ToldAt, IsWaiting) = (countedAt, countedAt, 1, null, false);
    }
}
