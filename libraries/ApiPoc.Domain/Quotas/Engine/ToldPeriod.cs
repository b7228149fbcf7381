namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>
/// Finds a period nobody declared where headers tell the size, what is left and when the window ends: a window's first answer tells its length,
/// rounded up to whole seconds, and single calls that ask whether the next window has opened refine that. Pure; times in µs of one clock.
/// </summary>
public static class ToldPeriod
{
    /// <summary>The period is found when its bounds are closer than this part of it.</summary>
    private const int Precision = 60;

    /// <summary>An answer told when the window ends.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="charge">The call's.</param>
    /// <param name="isFirst">Whether the call was the window's first; any other tells the rest of its window only.</param>
    /// <param name="reset">Time until the window ends, rounded up to whole seconds (µs).</param>
    /// <param name="countedAt">When the call was counted (µs).</param>
    public static void Learn(LimitState limit, LimitCharge charge, bool isFirst, long reset, long countedAt)
    {
        if (reset <= 0) return;
        if (limit.Search is not null) EndSearch(limit, charge, isFirst, reset, countedAt);
        if (!isFirst || limit.PeriodAtLeast == 0) return;
        var atLeast = reset - LimitState.WholeSecond;
        if (limit.Period > reset || limit.Period <= atLeast) limit.Period = reset;
        limit.PeriodAtLeast = Math.Max(limit.PeriodAtLeast, atLeast + LimitSearch.ShortestWait);
    }

    /// <summary>When to ask whether the next window has opened, after one opened at <paramref name="opened"/> (µs); null when the period is known well enough.</summary>
    public static long? NextQuestion(LimitState limit, long opened)
    {
        var between = limit.Period - limit.PeriodAtLeast;
        if (!LimitSearch.IsRound(limit.Period))
            return between < limit.Period / Precision ? null : opened + limit.PeriodAtLeast + (between / 2) + limit.Guard;

        // A round number is most likely the period itself: one question just before its end is enough, and one whether windows go by the clock.
        if (between < limit.Period / 20) return null;
        var justBefore = opened + (limit.Period * 24 / 25);
        return limit.IsClockAsked ? justBefore : Math.Min(justBefore, LimitSearch.NextByClock(limit, opened));
    }

    /// <summary>The next window had opened by <paramref name="nextOpened"/> (µs), earlier than expected; that it did by the clock says nothing of the period.</summary>
    public static void OpenedEarly(LimitState limit, QuotaWindow window, long nextOpened)
    {
        if (LimitSearch.IsRound(limit.Period) && !limit.IsClockAsked) limit.IsClockAsked = true;
        else if (window.OpenedNotBefore is { } opened) limit.Period = Math.Min(limit.Period, nextOpened - opened);
    }

    /// <summary>The call that was to open a window had come too early: windows last longer than was taken for found.</summary>
    /// <returns>When the window may open (µs); null when that is not why the call was refused.</returns>
    public static long? TooShort(LimitState limit, QuotaWindow? window, LimitCharge charge, long moment)
    {
        if (window is not { Accepted: 0 } || limit is not { IsTold: true, DeclaredSize: null, PeriodAtLeast: > 0 }) return null;
        window.IsEarly |= charge.Ordinal == 1;
        if (!window.IsEarly || limit.Window.Find(window.Id - 1)?.OpenedAt is not { } opened) return null;
        // Those that were to leave with the first teach nothing more.
        if (moment < window.StartsAt) return window.StartsAt;
        limit.PeriodAtLeast = Math.Max(limit.PeriodAtLeast, moment - opened);
        if (limit.PeriodAtLeast > limit.Period - (limit.Period / Precision)) limit.Period += limit.Period / 20;
        limit.OpensAlone = true;
        return window.StartsAt = opened + limit.Period + limit.Guard;
    }

    /// <summary>Nothing is left to search but how long windows are: for now as long as the rest of this one, and the next one's first answer tells.</summary>
    private static void EndSearch(LimitState limit, LimitCharge charge, bool isFirst, long reset, long countedAt)
    {
        (limit.Search, limit.Period, limit.PeriodAtLeast, limit.OpensAlone) = (null, reset, LimitSearch.ShortestWait, !isFirst);
        if (limit.Window.Find(charge.Window) is not { } window) return;
        (window.Accepted, window.Granted, window.OpenedAt) = (1, 1 + limit.Log.InFlight, countedAt);
        limit.Log.Occupy(1, countedAt + reset, limit.Grain);
    }
}
