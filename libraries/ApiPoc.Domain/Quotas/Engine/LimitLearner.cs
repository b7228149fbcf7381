namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>Changes what is believed of one limit by what a call taught. Pure; times in µs of one clock.</summary>
public static class LimitLearner
{
    /// <summary>More refusals than this, one after the other, are not a matter of timing.</summary>
    private const int MostEarlyRefusals = 3;

    /// <summary>A window the first call of which was refused has opened before so many others are, or it is of another size.</summary>
    private const int MostRefusedEarly = 16;

    /// <summary>A size that was made smaller so often in a row, without knowing why, is learned anew.</summary>
    private const int MostDoubts = 3;

    private const long LongestGrowthInterval = 20_000;

    /// <summary>A call was accepted: sent at <paramref name="sentAt"/>, counted no later than <paramref name="countedAt"/>.</summary>
    public static void Accepted(LimitState limit, LimitCharge charge, long sentAt, long countedAt, long answeredAt)
    {
        var found = limit.Search is null ? null : LimitSearch.Accepted(limit, charge, countedAt);
        if (limit.Search is not null)
        {
            limit.Log.InFlight--;
            return;
        }

        var window = found ?? (charge.Purpose is PermitPurpose.TestPeriod ? LimitSearch.OpenedEarly(limit, charge, countedAt) : WindowOf(limit, charge, sentAt, countedAt));

        window.OpenedAt = Math.Min(window.OpenedAt ?? countedAt, countedAt);
        if (window.OpenedNotBefore + limit.Period <= countedAt) CountLate(limit, window, sentAt, countedAt);
        window.OpenedNotBefore = Math.Min(window.OpenedNotBefore ?? sentAt, sentAt);
        window.Accepted++;
        limit.OpensAlone &= window.Accepted > 1 || sentAt <= limit.PhaseFoundAt;
        RememberLateness(limit, countedAt - sentAt, answeredAt);
        limit.AcceptedSinceGrowth++;
        limit.AcceptedSinceTest++;
        if (sentAt > limit.GuardGrewAt) limit.EarlyRefusals = 0;
        if (limit.AcceptedSinceGrowth >= 3 * limit.Size) limit.Doubts = 0;
        if (window.Accepted == limit.Size && window.Refused == 0)
        {
            limit.FullWindows++;
            limit.NearMisses = 0;
        }

        // By the log every call can come too early, by the windows only the first.
        limit.Log.Cool(countedAt + limit.Period + (2 * limit.Guard), limit.Grain);
        limit.Guard = Math.Max(LimitState.DefaultGuard, limit.Guard * 1023 / 1024);

        if (charge.Purpose is PermitPurpose.TestWindows)
        {
            limit.Testing--;
            limit.TestStep = Math.Min(limit.TestStep * 2, limit.FailedTests > 0 ? 2 : Math.Max(2, limit.Size / 8));
        }

        if (charge.Purpose is PermitPurpose.TestSize)
        {
            limit.Growing--;
            limit.GrowthStep = Math.Min(limit.GrowthStep * 2, Math.Max(2, limit.Size / 8));
            limit.GrowthInterval = Math.Min(LimitState.FirstGrowthInterval, 4 * limit.Size);
        }

        // Windows are guesses at first: what was counted in one never makes the size larger than declared, and what left after it had refused a
        // call and was accepted may have been in another.
        var sure = WasFull(window, sentAt) ? 0 : window.Accepted - window.Late;
        limit.Size = Math.Max(limit.Size, Math.Min(sure, limit.DeclaredSize ?? sure));
        if (CountsMoreThanSlidingAllows(limit, sentAt, answeredAt))
        {
            if (WasFull(window, sentAt)) window = LimitSearch.HeldBack(limit, window, countedAt);
            else limit.FollowWindows();
        }

        if (window.Accepted >= limit.Size) limit.IsVerified |= limit.DeclaredSize is not null;
    }

    /// <summary>A call was refused for this limit.</summary>
    /// <returns>Until when nothing under this limit should be sent (µs).</returns>
    public static long Refused(LimitState limit, LimitCharge charge, long moment, long answeredAt, long? retryAfter)
    {
        var until = Learn(limit, charge, moment, answeredAt, retryAfter);
        // Retry-After is rounded up to whole seconds: within the last one, what was learned is better.
        return retryAfter is { } told ? Math.Clamp(until, answeredAt + Math.Max(0, told - LimitState.WholeSecond), answeredAt + told) : until;
    }

    private static long Learn(LimitState limit, LimitCharge charge, long moment, long answeredAt, long? retryAfter)
    {
        var window = limit.Window.Find(charge.Window);
        GiveBack(limit, charge);
        if (window is not null) (window.Refused, window.RefusedAt) = (window.Refused + 1, answeredAt);

        if (charge.Purpose is PermitPurpose.TestWindows) limit.Testing--;
        if (IsPeriodTooShort(limit, window, charge)) LimitSearch.Again(limit, window!, moment);
        if (limit.Search is not null) return LimitSearch.Refused(limit, moment, answeredAt, retryAfter);
        if (charge.Purpose is PermitPurpose.TestPeriod)
        {
            LimitSearch.NotOpenedYet(limit, charge, moment, answeredAt, retryAfter);
            return answeredAt;
        }

        if (!limit.FollowsWindows)
            limit.Log.Rebuild(limit.Counted, limit.Period + limit.Guard + (2 * limit.Grain), limit.Size, answeredAt);

        // Tests and uses race: whichever is refused, a test that has just been made has failed.
        if (charge.Purpose is not PermitPurpose.TestSize && IsTestInVain(limit, moment, answeredAt))
        {
            if (moment >= limit.TestFailedAt) (limit.FailedTests, limit.TestFailedAt) = (limit.FailedTests + 1, answeredAt);
            limit.TestStep = 1;
            limit.AcceptedSinceTest = 0;
            return answeredAt;
        }

        if (charge.Purpose is PermitPurpose.TestSize)
        {
            limit.Growing--;
            limit.AcceptedSinceGrowth = 0;
            limit.GrowthStep = 1;
            limit.GrowthInterval = Math.Min(limit.GrowthInterval * 3 / 2, LongestGrowthInterval);
            return answeredAt;
        }

        // The size is told, so others have used the rest of the window.
        if (limit.IsTold && window is { Accepted: > 0 }) return limit.Window.EndOf(window, limit.Period) ?? answeredAt;
        if (IsExplainedByPhase(limit, window, moment, answeredAt)) return window!.OpenedAt!.Value + limit.Period + limit.Guard;
        if (IsNearlyFull(limit, window, charge, answeredAt)) return limit.Window.EndOf(window!, limit.Period) ?? window!.StartsAt + limit.Period;
        return CameTooEarly(limit, window, charge) ? Later(limit, window, moment, answeredAt) : Shrink(limit, window, charge, moment, answeredAt, retryAfter);
    }

    /// <summary>A permit was not used.</summary>
    public static void Returned(LimitState limit, LimitCharge charge)
    {
        GiveBack(limit, charge);
        if (charge.Purpose is PermitPurpose.TestSize) limit.Growing--;
        if (charge.Purpose is PermitPurpose.TestWindows) limit.Testing--;
    }

    /// <summary>
    /// More calls than the size, all surely counted within one period: the API cannot be keeping a sliding log. A learned size
    /// may be slightly too small, so then it takes a few more.
    /// </summary>
    private static bool CountsMoreThanSlidingAllows(LimitState limit, long sentAt, long answeredAt)
    {
        var bucket = sentAt / limit.Grain * limit.Grain;
        limit.Counted[bucket] = limit.Counted.GetValueOrDefault(bucket) + 1;
        limit.LastAnsweredAt = Math.Max(limit.LastAnsweredAt, answeredAt);
        while (limit.Counted.GetKeyAtIndex(0) <= limit.LastAnsweredAt - limit.Period - limit.Guard && limit.Counted.Count > 1) limit.Counted.RemoveAt(0);
        if (limit is not { IsVerified: true, Shape: LimitShape.Unknown }) return false;
        var allowed = limit.IsTold ? limit.Size : Math.Min(limit.Size + (limit.Size / 16) + 2, limit.DeclaredSize ?? long.MaxValue);
        return limit.Counted.Where(entry => entry.Key > limit.LastAnsweredAt - limit.Period).Sum(entry => entry.Value) > allowed;
    }

    private static void RememberLateness(LimitState limit, long lateness, long answeredAt)
    {
        if (lateness < limit.CountedLate && answeredAt < limit.CountedLateUntil) return;
        limit.CountedLate = lateness;
        limit.CountedLateUntil = answeredAt + (2 * limit.Period);
    }

    /// <summary>The windows have just been tested, or the call was to leave before it was known that a test had failed.</summary>
    private static bool IsTestInVain(LimitState limit, long moment, long answeredAt) =>
        limit.Shape is LimitShape.Unknown
        && (moment < limit.TestFailedAt || limit.LastTestAt > Math.Max(limit.TestFailedAt, answeredAt - (limit.Period / 2)));

    /// <summary>The first call of a window was refused, and nobody but a guess says how long windows are.</summary>
    private static bool IsPeriodTooShort(LimitState limit, QuotaWindow? window, LimitCharge charge) =>
        limit is { DeclaredSize: null, IsTold: false, Search: null, Shape: LimitShape.Window, FullWindows: 0 } && charge.Ordinal == 1 && window is { Accepted: 0 } && limit.Window.Windows.Count > 1;

    /// <summary>
    /// That windows are counted is proven, but not where they begin: of the newest accepted calls so many as the size are in the
    /// window that has just refused one more, so it opened between the oldest of these and the one before.
    /// </summary>
    private static bool IsExplainedByPhase(LimitState limit, QuotaWindow? window, long moment, long answeredAt)
    {
        if (window is null || window != limit.Window.Current) return false;
        if (limit.IsPhaseSure) return moment <= limit.PhaseFoundAt;
        // Those in the air may have been counted before the one refused.
        var newer = limit.Log.InFlight;
        for (var entry = limit.Counted.Count - 1; entry >= 0 && limit.Counted.GetKeyAtIndex(entry) > answeredAt - limit.Period; entry--)
        {
            newer += limit.Counted.GetValueAtIndex(entry);
            if (newer < limit.Size) continue;
            window.OpenedAt = limit.Counted.GetKeyAtIndex(entry) + limit.Grain + limit.CountedLate;
            window.OpenedNotBefore = entry > 0 ? limit.Counted.GetKeyAtIndex(entry - 1) : null;
            window.EndsAt = null;
            window.StartsAt = Math.Min(window.StartsAt, window.OpenedAt.Value);
            limit.FullWindows = 1;
            limit.PhaseFoundAt = answeredAt;
            limit.OpensAlone = true;
            return true;
        }

        return false;
    }

    /// <summary>A window that was all but used up: some of its calls may have been counted in another. Twice in a row is no coincidence.</summary>
    private static bool IsNearlyFull(LimitState limit, QuotaWindow? window, LimitCharge charge, long answeredAt)
    {
        if (!limit.FollowsWindows || !limit.IsVerified || window is null || charge.Ordinal - 1 + window.Foreign + limit.Window.CarriedAt(answeredAt, limit.Period) < limit.Size * 9 / 10) return false;
        if (window.Refused == 1) limit.NearMisses++;
        return limit.NearMisses < 2;
    }

    /// <summary>The first calls of a window the size of which is proven: it had not opened yet, or a sliding token was not yet free.</summary>
    private static bool CameTooEarly(LimitState limit, QuotaWindow? window, LimitCharge charge)
    {
        if (!limit.IsVerified || window is null || limit.Window.Windows[0] == window) return false;
        // Those on their way when the first was refused are as early.
        window.IsEarly |= charge.Ordinal == 1 || WasCountedBefore(limit, window, charge);
        limit.OpensAlone |= window is { Accepted: 0, IsEarly: true };
        return (window is { Accepted: 0, IsEarly: true, Refused: <= MostRefusedEarly }) || (!limit.FollowsWindows && limit.EarlyRefusals < MostEarlyRefusals);
    }

    /// <summary>After full windows, one that refuses when hardly any call was accepted had not opened: these few were counted in the one before.</summary>
    private static bool WasCountedBefore(LimitState limit, QuotaWindow window, LimitCharge charge)
    {
        if (!limit.FollowsWindows || limit.FullWindows <= 1 || window.Refused > 1 || charge.Ordinal > limit.Size / 8) return false;
        limit.NearMisses++;
        if (limit.NearMisses > 1) return false;
        window.Reopen();
        return true;
    }

    private static long Later(LimitState limit, QuotaWindow? window, long moment, long answeredAt)
    {
        if (moment >= limit.GuardGrewAt)
        {
            // Whatever the reason, it is tried again a little later, and ever later when that does not help.
            if (limit.EarlyRefusals < MostEarlyRefusals) GrowGuard(limit);
            limit.GuardGrewAt = answeredAt;
            limit.EarlyRefusals++;
        }

        var again = answeredAt + Math.Min(limit.Period / 2, limit.Guard << Math.Max(0, limit.EarlyRefusals - 1));
        if (!limit.FollowsWindows)
        {
            limit.Log.Occupy(1, again, limit.Grain);
            return Math.Max(again, limit.RoomAt(answeredAt) ?? again);
        }

        if (window is { Accepted: 0 }) window.StartsAt = Math.Max(window.StartsAt, again);
        return again;
    }

    private static void GrowGuard(LimitState limit) => limit.Guard = Math.Min(limit.Period / 8, (limit.Guard * 5 / 4) + 1_000);

    /// <summary>The size is at most what was sent before the call that was refused.</summary>
    private static long Shrink(LimitState limit, QuotaWindow? window, LimitCharge charge, long moment, long answeredAt, long? retryAfter)
    {
        var isSureOfWindow = !limit.IsVerified || (limit.FollowsWindows && (limit.FullWindows > 1 || limit.Window.Anchor is not null));
        var counted = isSureOfWindow
            ? Math.Max(window?.Accepted ?? 0, charge.Ordinal - 1)
            : Math.Min(limit.Size - (window is { HasShrunk: true } ? 0 : 1), limit.CountedBefore(answeredAt));
        limit.FullWindows = 0;
        if (limit.FollowsWindows && !isSureOfWindow) limit.Shape = LimitShape.Unknown;
        var smaller = Math.Max(1, Math.Min(limit.Size, counted));
        // So large a step is doubted sooner.
        if (smaller < limit.Size / 2) limit.GrowthInterval = Math.Min(limit.GrowthInterval, 4 * smaller);
        limit.Size = smaller;
        if (window is not { HasShrunk: true } && !isSureOfWindow) limit.Doubts++;
        if (window is not null) window.HasShrunk = true;
        limit.IsVerified = true;
        limit.AcceptedSinceGrowth = 0;
        var own = window is null ? (long?)null : limit.Window.EndOf(window, limit.Period) ?? window.StartsAt + limit.Period + limit.Guard;
        if (LimitSearch.EndByClock(limit) is { } byClock && !(own < byClock)) return Math.Max(answeredAt, byClock);
        if (!isSureOfWindow && limit.Doubts >= MostDoubts) return LimitSearch.Anew(limit, window, moment, answeredAt);
        if (!isSureOfWindow) return Math.Max(answeredAt, limit.RoomAt(answeredAt) ?? answeredAt);
        return Math.Max(answeredAt, own ?? answeredAt + (retryAfter ?? Math.Min(limit.Period / 10, LimitState.WholeSecond)));
    }

    private static void GiveBack(LimitState limit, LimitCharge charge)
    {
        limit.Log.InFlight--;
        if (limit.Window.Find(charge.Window) is { } window) window.Granted--;
    }

    /// <summary>A call may have been counted after its window's end; it surely was if the window had no room for it, and then the next one opened with it.</summary>
    private static void CountLate(LimitState limit, QuotaWindow window, long sentAt, long countedAt)
    {
        var hadNoRoom = window.Accepted - window.Late >= limit.Size;
        window.Late++;
        if (!hadNoRoom || limit.Window.Anchor is not null || window.Next is not null) return;
        window.Next = new QuotaWindowOpening(Math.Max(sentAt, window.OpenedNotBefore!.Value + limit.Period), countedAt);
        if (limit.Window.Find(window.Id + 1) is not { } next) return;
        next.OpenedAt = Math.Min(next.OpenedAt ?? countedAt, countedAt);
        next.OpenedNotBefore = Math.Min(next.OpenedNotBefore ?? window.Next.NotBefore, window.Next.NotBefore);
    }

    /// <summary>A call accepted that left after its window had refused one was counted in another.</summary>
    private static bool WasFull(QuotaWindow window, long sentAt) => window.HasShrunk && sentAt > window.RefusedAt;

    /// <summary>A call counted after its window's end belongs to the next one.</summary>
    private static QuotaWindow WindowOf(LimitState limit, LimitCharge charge, long sentAt, long countedAt)
    {
        if (limit.Window.Find(charge.Window) is { } window)
        {
            if (WasFull(window, sentAt) && limit.Window.Find(window.Id + 1) is { Accepted: > 0 } next)
            {
                window.Granted--;
                (next.Granted, next.LastOrdinal) = (next.Granted + 1, next.LastOrdinal + 1);
                return next;
            }

            if (limit.Window.Current != window || !(limit.Window.EndOf(window, limit.Period) <= countedAt) || window.Accepted == 0)
                return window;
            window.Granted--;
        }

        return limit.Window.Take(countedAt, limit.Period, 0);
    }
}
