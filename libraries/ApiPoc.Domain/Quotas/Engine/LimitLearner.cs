namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>Changes what is believed of one limit by what an accepted call taught, or one that was not sent; see <see cref="RefusalLearner"/> for the others. Pure; times in µs of one clock.</summary>
public static class LimitLearner
{
    /// <summary>For so many periods' worth of calls it is tried to prove that windows are counted.</summary>
    private const int LongestTest = 8;

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

        RateLearner.Accepted(limit);
        window.OpenedAt = Math.Min(window.OpenedAt ?? countedAt, countedAt);
        if (window.OpenedNotBefore + limit.Period <= countedAt) CountLate(limit, window, sentAt, countedAt);
        if (!DoubtedOpening.IsDoubted(limit, window)) window.OpenedNotBefore = Math.Min(window.OpenedNotBefore ?? sentAt, sentAt);
        window.Accepted++;
        if (window is { Accepted: 1, IsEarly: true } && sentAt < limit.PhaseFoundAt + (2 * limit.Period)) DoubtedOpening.OpenedLater(limit, sentAt);
        limit.OpensAlone &= window.Accepted > 1 || sentAt <= limit.PhaseFoundAt;
        limit.AcceptedSinceGrowth++;
        limit.AcceptedSinceTest++;
        // What so many windows' worth of calls could not prove is worth little: the log loses no time here.
        if (limit.Shape is LimitShape.Unknown && limit.AcceptedSinceTest >= LimitPacer.TestDue(limit) + (LongestTest * limit.Size))
            (limit.FailedTests, limit.AcceptedSinceTest) = (limit.FailedTests + 1, 0);
        if (sentAt > limit.EarlyRefusedAt) limit.EarlyRefusals = 0;
        if (limit.AcceptedSinceGrowth >= 3 * limit.Size) limit.Doubts = 0;
        if (window.Accepted == limit.Size && window.Refused == 0 && window.Id != limit.FollowedIn)
        {
            if (DoubtedOpening.IsDoubted(limit, window)) DoubtedOpening.Proven(limit, window, sentAt);
            limit.FullWindows++;
            limit.WindowsUsedUp++;
        }

        if (window.Accepted == limit.Size) limit.NearMisses = 0;
        limit.Log.Cool(limit.FreeAgainAt(countedAt), limit.Grain);
        limit.Guard = Math.Max(LimitState.DefaultGuard, limit.Guard * 1023 / 1024);

        if (charge.Purpose is PermitPurpose.TestWindows)
        {
            limit.Testing--;
            limit.TestStep = Math.Min(limit.TestStep * 2, limit.FailedTests > 0 ? 2 : Math.Max(2, limit.Size / 8));
        }

        if (charge.Purpose is PermitPurpose.TestSize)
        {
            limit.Growing--;
            window.Tests++;
            window.Tested ??= new(sentAt, countedAt);
            limit.GrowthStep = Math.Min(limit.GrowthStep * 2, Math.Max(2, limit.Size / 8));
            limit.GrowthInterval = Math.Min(limit.GrowthInterval, Math.Min(LimitState.FirstGrowthInterval, 4 * limit.Size));
        }

        // Windows are guesses at first: what was counted in one never makes the size larger than declared, and what left after it had refused a
        // call and was accepted may have been in another.
        var sure = WasFull(window, sentAt) ? 0 : window.Accepted - window.Late;
        if (!limit.IsPaced) limit.Size = Math.Max(limit.Size, Math.Min(sure, limit.DeclaredSize ?? sure));
        if (CountsMoreThanSlidingAllows(limit, sentAt, answeredAt))
        {
            if (WasFull(window, sentAt)) window = LimitSearch.HeldBack(limit, window, countedAt);
            else limit.FollowWindows(window, countedAt);
        }

        // It refused calls it had no room for, so it had room for those it did not refuse and no more.
        if (window is { ShrunkAt: not null, InFlight: 0 } && limit is { FollowsWindows: true, IsTold: false }) limit.Size = Math.Min(limit.Size, window.Granted);
        if (DoubtedOpening.IsDoubted(limit, window)) DoubtedOpening.Narrow(limit, window, sentAt, countedAt);

        if (window.Accepted >= limit.Size) limit.IsVerified |= limit.DeclaredSize is not null;
    }

    /// <summary>Nobody knows whether a call was sent; if it was, it was counted at <paramref name="latest"/> at the latest.</summary>
    public static void Lost(LimitState limit, LimitCharge charge, long latest)
    {
        EndTest(limit, charge);
        // A search counts what it knows.
        if (limit.Search is not null)
        {
            limit.Log.InFlight--;
            return;
        }

        limit.Log.Cool(limit.FreeAgainAt(latest), limit.Grain);
        if (limit.Window.Find(charge.Window) is not { } window) return;
        if (window.Accepted == 0) window.OpenedAt = Math.Min(window.OpenedAt ?? latest, latest);
        // Otherwise the next window may have to pay for it.
        if (latest < limit.Window.EndOf(window, limit.Period)) window.Lost++;
    }

    /// <summary>A permit was not used.</summary>
    public static void Returned(LimitState limit, LimitCharge charge)
    {
        GiveBack(limit, charge);
        EndTest(limit, charge);
    }

    private static void EndTest(LimitState limit, LimitCharge charge)
    {
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
        return limit.AcceptedSince(limit.LastAnsweredAt - limit.Period) > allowed;
    }

    internal static void GiveBack(LimitState limit, LimitCharge charge)
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
