namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>Finds out why a call was refused: what was believed of the limit's windows, its size or its timing was wrong. Pure; times in µs of one clock.</summary>
public static class RefusalLearner
{
    /// <summary>Whoever used up so many windows without a refusal has lost nothing by taking them for windows, whatever they are.</summary>
    private const int ManyWindows = 10;

    /// <summary>A size that was made smaller so often in a row, without knowing why, is learned anew.</summary>
    private const int MostDoubts = 3;

    /// <summary>What is in the air is answered, and the answers are known, after so long (µs), as a rule.</summary>
    private const long AnsweredWithin = 150_000;

    private const long ShortestGrowthInterval = 2;

    private const long LongestGrowthInterval = 20_000;

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
        LimitLearner.GiveBack(limit, charge);
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
            limit.RebuildLog(answeredAt);

        if (RateLearner.Refused(limit, moment, answeredAt) is { } paced) return paced;

        var isGrowth = charge.Purpose is PermitPurpose.TestSize;
        if (isGrowth) GrowthFailed(limit);

        // Granted before the API told that it allows less.
        if (limit.IsTold && window is { Accepted: > 0 } && charge.Ordinal > limit.Size) return EndOf(limit, window, answeredAt);

        // Tests and uses race: whichever is refused, a test that has just been made has failed.
        var isTest = !isGrowth && IsTestInVain(limit, moment, answeredAt);
        if (isTest) TestFailed(limit, moment, answeredAt);
        if (!isGrowth && !isTest) return Explain(limit, window, charge, moment, answeredAt, retryAfter);
        return limit.IsTold ? WhenAnswered(limit, answeredAt) : answeredAt;
    }

    /// <summary>What the refusal may mean, the surest first; each notes what it means if it does.</summary>
    private static long Explain(LimitState limit, QuotaWindow? window, LimitCharge charge, long moment, long answeredAt, long? retryAfter)
    {
        if (TryTakeForUsedUp(limit, window, charge)) return AfterOthers(limit, window!, answeredAt);
        if (ToldPeriod.TooShort(limit, window, charge, moment) is { } longer) return longer;
        // The size is told, so others have used the rest of the window, or it is smaller now.
        if (limit.IsTold && window is { Accepted: > 0 }) return EndOf(limit, window, answeredAt);
        if (limit.IsTold && window is { Accepted: 0 } && charge.Ordinal > 1) return WhenAnswered(limit, answeredAt);
        if (TryTakeTestsForOpening(limit, window, charge, answeredAt)) return window!.OpenedAt!.Value + limit.Period + limit.Guard;
        if (TryTakeForLog(limit, window, charge, moment, answeredAt)) return limit.RoomAt(answeredAt) ?? answeredAt;
        if (TryFindPhase(limit, window, moment, answeredAt)) return (window!.OpenedAt ?? window.StartsAt) + limit.Period + limit.Guard;
        if (TryTakeForFull(limit, window, charge, answeredAt)) return limit.Window.EndOf(window!, limit.Period) ?? window!.StartsAt + limit.Period;
        if (EarlyRefusal.TryTake(limit, window, charge)) return EarlyRefusal.Later(limit, window, moment, answeredAt);
        return TryTakeForKnown(limit, window, moment) ? Math.Max(answeredAt, EndOfOwn(limit, window!)) : Shrink(limit, window, charge, moment, answeredAt, retryAfter);
    }

    /// <summary>
    /// The very first call of all was refused: others have used the window up, which tells nothing of the size declared, whatever the calls sent
    /// with it made of that.
    /// </summary>
    private static bool TryTakeForUsedUp(LimitState limit, QuotaWindow? window, LimitCharge charge)
    {
        if (window is null || limit is not { DeclaredSize: { } declared, Counted.Count: 0 }) return false;
        window.IsEarly |= charge.Ordinal == 1;
        if (!window.IsEarly) return false;
        (window.HasShrunk, window.ShrunkAt) = (false, null);
        (limit.Size, limit.IsVerified, limit.OpensAlone, limit.GrowthInterval) = (declared, false, true, LimitState.FirstGrowthInterval);
        return true;
    }

    /// <summary>When others' window may have ended: asked at every quarter of a period, and ever more rarely when that does not help.</summary>
    private static long AfterOthers(LimitState limit, QuotaWindow window, long answeredAt) =>
        limit.Window.EndOf(window, limit.Period) ?? answeredAt + Math.Max(limit.Period / 4, (answeredAt - window.StartsAt) / 3);

    private static long EndOf(LimitState limit, QuotaWindow window, long answeredAt) => limit.Window.EndOf(window, limit.Period) ?? answeredAt;

    /// <summary>Where headers tell the size, the answers on their way may tell that there is less than was believed.</summary>
    private static long WhenAnswered(LimitState limit, long answeredAt) => answeredAt + Math.Min(limit.Period / 8, AnsweredWithin);

    private static void TestFailed(LimitState limit, long moment, long answeredAt)
    {
        if (moment >= limit.TestFailedAt) (limit.FailedTests, limit.TestFailedAt) = (limit.FailedTests + 1, answeredAt);
        limit.TestStep = 1;
        limit.AcceptedSinceTest = 0;
    }

    private static void GrowthFailed(LimitState limit)
    {
        limit.Growing--;
        TestSizeLater(limit);
    }

    private static void TestSizeLater(LimitState limit)
    {
        limit.AcceptedSinceGrowth = 0;
        limit.GrowthStep = 1;
        // A size that was made much smaller may be made larger again any moment.
        var longer = limit.GrowthInterval < LimitState.FirstGrowthInterval ? Math.Max(limit.GrowthInterval + 1, limit.GrowthInterval * 5 / 4) : limit.GrowthInterval * 3 / 2;
        limit.GrowthInterval = Math.Min(longer, LongestGrowthInterval);
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
    private static bool TryFindPhase(LimitState limit, QuotaWindow? window, long moment, long answeredAt)
    {
        if (window is not { HasShrunk: false } || window != limit.Window.Current) return false;
        if (limit.IsPhaseSure) return moment <= limit.PhaseFoundAt;
        // Those in the air may have been counted before the one refused.
        if (limit.CountedBefore(answeredAt) < limit.Size || limit.Log.FreeAtOf(limit.Size - limit.Log.InFlight) is not { } free) return false;
        FindPhase(limit, window, free - limit.FreeAgainAt(0), limit.NotBeforeOf(limit.Size + 1), answeredAt);
        return true;
    }

    /// <summary>A refusal has told when its window opened; the next one's first call goes alone.</summary>
    private static void FindPhase(LimitState limit, QuotaWindow window, long openedAt, long? notBefore, long answeredAt)
    {
        (window.OpenedAt, window.OpenedNotBefore, window.EndsAt) = (openedAt, notBefore, null);
        window.StartsAt = Math.Min(window.StartsAt, openedAt);
        (limit.FullWindows, limit.PhaseFoundAt, limit.OpensAlone) = (1, answeredAt, true);
    }

    /// <summary>
    /// In the window before, calls beyond the size were accepted, and this window refuses one that they left no room for if it had opened with them: by
    /// the clock windows open when they do, and not a period after one was first used. The size is larger, as they told, or as it was before them.
    /// </summary>
    private static bool TryTakeTestsForOpening(LimitState limit, QuotaWindow? window, LimitCharge charge, long answeredAt)
    {
        if (!limit.FollowsWindows || window is not { HasShrunk: false }) return false;
        if (limit.Window.Find(window.Id - 1) is not { Tested: { } first } before) return false;
        long untested = before.Accepted - before.Tests;
        long size = Array.Find([limit.Size, untested], size => charge.Ordinal + before.Tests > size && window.Accepted + before.Tests <= size);
        if (size < 1) return false;
        (before.Accepted, before.Granted) = (untested, before.Granted - before.Tests);
        (window.Accepted, window.Granted) = (window.Accepted + before.Tests, window.Granted + before.Tests);
        (before.Tests, before.Tested, window.HasShrunk) = (0, null, true);
        limit.Size = size;
        FindPhase(limit, window, first.At, first.NotBefore, answeredAt);
        TestSizeLater(limit);
        return true;
    }

    /// <summary>
    /// A search cannot tell a log from windows. Where what was accepted within a period explains that a window hardly opened and then refused, it is one.
    /// </summary>
    private static bool TryTakeForLog(LimitState limit, QuotaWindow? window, LimitCharge charge, long moment, long answeredAt)
    {
        if (limit is not { DeclaredSize: null, IsTold: false, FollowsWindows: true, WindowsUsedUp: < ManyWindows } || charge.Ordinal == 1 || !(window?.Accepted < limit.Size / 2)) return false;
        if (limit.AcceptedBefore(moment) < limit.Size * 3 / 4) return false;
        limit.Shape = LimitShape.SlidingLog;
        limit.RebuildLog(answeredAt);
        return true;
    }

    /// <summary>
    /// A window that was all but used up: some of its calls may have been counted in another. Twice in a row is no coincidence. Where windows have held for long, it
    /// is more likely that ours drift past the API's, which take a burst apart, than that the limit is a little smaller.
    /// </summary>
    private static bool TryTakeForFull(LimitState limit, QuotaWindow? window, LimitCharge charge, long answeredAt)
    {
        if (!limit.FollowsWindows || !limit.IsVerified || window is null) return false;
        var full = limit.WindowsUsedUp >= ManyWindows ? limit.Size * 3 / 4 : limit.Size * 9 / 10;
        if (Math.Min(charge.Ordinal - 1, window.Granted) + window.Foreign + limit.Window.CarriedAt(answeredAt, limit.Period) < full) return false;
        if (window.Refused == 1) limit.NearMisses++;
        return limit.NearMisses < 2;
    }

    /// <summary>
    /// It opened where it was expected to, or a little after it had been refused there: its first call was accepted, or none of the calls sent before this
    /// one was refused, though refusals come first. With a third of a window sent since, what it refuses is beyond its size.
    /// </summary>
    private static bool WasSeenOpening(LimitState limit, QuotaWindow? window, LimitCharge charge)
    {
        if (window is null || charge.Ordinal <= limit.Size / 3 || (window.Accepted == 0 && window.Refused > 1)) return false;
        return window.IsEarly || limit.FullWindows > 0 || limit.Window.Find(window.Id - 1)?.ShrunkAt is not null;
    }

    /// <summary>
    /// Sent before it was known that its window has less room than was believed: refused for the same reason. Calls overtake each other, so their places tell
    /// nothing more, but the room is no larger than what has not been refused so far. Where that is nothing, the window had not opened.
    /// </summary>
    private static bool TryTakeForKnown(LimitState limit, QuotaWindow? window, long moment)
    {
        if (!limit.FollowsWindows || window is not { Granted: > 0 } || !(moment <= window.ShrunkAt)) return false;
        limit.Size = Math.Min(limit.Size, window.Granted);
        return true;
    }

    /// <summary>The size is at most what was sent before the call that was refused.</summary>
    private static long Shrink(LimitState limit, QuotaWindow? window, LimitCharge charge, long moment, long answeredAt, long? retryAfter)
    {
        var isSureOfWindow = !limit.IsVerified
            || (limit.FollowsWindows && (limit.FullWindows > 1 || limit.Window.Anchor is not null || WasSeenOpening(limit, window, charge)));
        var counted = isSureOfWindow
            ? Math.Max(window?.Accepted ?? 0, Math.Min(charge.Ordinal - 1, window?.Granted ?? 0))
            : Math.Min(limit.Size - (window is { HasShrunk: true } ? 0 : 1), limit.CountedBefore(answeredAt));
        // What is in the air leaves it open how many were accepted, and will while more is sent.
        var isOpen = window is { HasShrunk: true } && counted >= limit.Size && limit is { IsPaced: false, Log.InFlight: > 1 };
        limit.FullWindows = 0;
        if (limit.FollowsWindows && !isSureOfWindow) limit.Shape = LimitShape.Unknown;
        if (!isSureOfWindow && counted < 1) return EarlyRefusal.LaterAlone(limit, window, moment, answeredAt);
        var smaller = Math.Max(1, Math.Min(limit.Size, counted));
        if (window is not null) window.SizeBefore ??= limit.Size;
        limit.GrowthInterval = Math.Min(limit.GrowthInterval, FirstInterval(limit, window, smaller));
        limit.Size = smaller;
        // Others may have used a part of the very first window: whether there is more is asked as soon as another is used up.
        if (!limit.IsVerified) limit.AcceptedSinceGrowth = Math.Max(0, LimitState.FirstGrowthInterval - limit.Log.InFlight - smaller);
        else if (window is not { HasShrunk: true }) limit.AcceptedSinceGrowth = 0;
        if (window is not { HasShrunk: true } && !isSureOfWindow) limit.Doubts++;
        if (window is not null) (window.HasShrunk, window.ShrunkAt) = (true, window.ShrunkAt ?? (isSureOfWindow && limit.IsVerified ? answeredAt : null));
        limit.IsVerified = true;
        var own = window is null ? (long?)null : EndOfOwn(limit, window);
        if (LimitSearch.EndByClock(limit) is { } byClock && !(own < byClock)) return Math.Max(answeredAt, byClock);
        if (!isSureOfWindow && !limit.IsPaced && limit.Doubts >= MostDoubts) return LimitSearch.Anew(limit, window, moment, answeredAt);
        if (!isSureOfWindow) return Math.Max(answeredAt, limit.RoomAt(answeredAt) ?? (isOpen ? WhenAnswered(limit, answeredAt) : answeredAt));
        return Math.Max(answeredAt, own ?? answeredAt + (retryAfter ?? Math.Min(limit.Period / 10, LimitState.WholeSecond)));
    }

    /// <summary>
    /// What tests found out of a larger size does not hold for this one. So large a step is doubted sooner, and soonest where the larger size has held, or was found
    /// by a search: what was changed may be changed back.
    /// </summary>
    private static long FirstInterval(LimitState limit, QuotaWindow? window, long smaller)
    {
        var hasHeld = limit.WindowsUsedUp > 0 || limit.DeclaredSize is null;
        if (hasHeld && smaller <= (window?.SizeBefore ?? limit.Size) * 3 / 4) return Math.Max(ShortestGrowthInterval, smaller * 3 / 2);
        return smaller < limit.Size / 2 ? 4 * smaller : LimitState.FirstGrowthInterval;
    }

    private static long EndOfOwn(LimitState limit, QuotaWindow window) =>
        limit.Window.EndOf(window, limit.Period) ?? window.StartsAt + limit.Period + limit.Guard;
}
