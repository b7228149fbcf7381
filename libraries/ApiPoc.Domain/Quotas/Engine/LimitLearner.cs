namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>Changes what is believed of one limit by what a call taught. Pure; times in µs of one clock.</summary>
public static class LimitLearner
{
    /// <summary>More refusals than this within a period's worth of calls are not a matter of timing.</summary>
    private const int MostEarlyRefusals = 4;

    private const long WholeSecond = 1_000_000;
    private const long LongestGrowthInterval = 20_000;

    /// <summary>A call was accepted: sent at <paramref name="sentAt"/>, counted no later than <paramref name="countedAt"/>.</summary>
    public static void Accepted(LimitState limit, LimitCharge charge, long sentAt, long countedAt, long answeredAt)
    {
        var window = WindowOf(limit, charge, countedAt);
        if (charge.Purpose is PermitPurpose.TestPeriod && !limit.IsPeriodKnown)
        {
            PeriodSearch.Found(limit, window, countedAt);
            window.Granted--;
            window = limit.Window.Take(countedAt, limit.Period, 0);
        }

        window.OpenedAt = Math.Min(window.OpenedAt ?? countedAt, countedAt);
        window.Accepted++;
        limit.AcceptedSinceGrowth++;
        if (limit.AcceptedSinceGrowth % Math.Max(1, limit.Size) == 0) limit.EarlyRefusals = 0;
        limit.Log.Cool(countedAt + limit.Period + limit.Guard, limit.Grain);
        limit.Guard = Math.Max(LimitState.DefaultGuard, limit.Guard * 1023 / 1024);

        if (charge.Purpose is PermitPurpose.TestWindows)
        {
            limit.Testing--;
            limit.TestStep = Math.Min(limit.TestStep * 2, Math.Max(2, limit.Size / 8));
        }


        if (charge.Purpose is PermitPurpose.TestSize)
        {
            limit.Growing--;
            limit.GrowthStep = Math.Min(limit.GrowthStep * 2, Math.Max(2, limit.Size / 8));
            limit.GrowthInterval = LimitState.FirstGrowthInterval;
        }

        // Windows are guesses at first: what was counted in one never makes the size larger than declared.
        limit.Size = Math.Max(limit.Size, Math.Min(window.Accepted, limit.DeclaredSize ?? window.Accepted));
        if (CountsMoreThanSlidingAllows(limit, sentAt, answeredAt)) limit.Shape = LimitShape.Window;
        if (window.Accepted >= limit.Size) limit.IsVerified |= limit.DeclaredSize is not null;
    }

    /// <summary>A call was refused for this limit.</summary>
    /// <returns>Until when nothing under this limit should be sent (µs).</returns>
    public static long Refused(LimitState limit, LimitCharge charge, long answeredAt, long? retryAfter)
    {
        var until = Learn(limit, charge, answeredAt, retryAfter);
        // Retry-After is rounded up to whole seconds: within the last one, what was learned is better.
        return retryAfter is { } told ? Math.Clamp(until, answeredAt + Math.Max(0, told - WholeSecond), answeredAt + told) : until;
    }

    private static long Learn(LimitState limit, LimitCharge charge, long answeredAt, long? retryAfter)
    {
        var window = limit.Window.Find(charge.Window);
        GiveBack(limit, charge);
        if (window is not null) window.Refused++;

        if (charge.Purpose is PermitPurpose.TestWindows) limit.Testing--;
        if (!limit.FollowsWindows && limit.IsPeriodKnown)
            limit.Log.Rebuild(limit.Counted, limit.Period + limit.Guard + (2 * limit.Grain), limit.Size, answeredAt);

        // Tests and uses race: whichever is refused, a test that has just been made has failed.
        if (limit.Shape is LimitShape.Unknown && charge.Purpose is not PermitPurpose.TestSize && limit.LastTestAt > answeredAt - (limit.Period / 2))
        {
            limit.Shape = LimitShape.SlidingLog;
            return answeredAt;
        }

        if (charge.Purpose is PermitPurpose.TestSize)
        {
            limit.AcceptedSinceGrowth = 0;
            limit.GrowthStep = 1;
            limit.GrowthInterval = Math.Min(limit.GrowthInterval * 2, LongestGrowthInterval);
            return answeredAt;
        }

        limit.LastRefusedAt = Math.Max(limit.LastRefusedAt, answeredAt);
        if (charge.Purpose is PermitPurpose.TestPeriod) return answeredAt;
        return CameTooEarly(limit, window, charge) ? Later(limit, window, answeredAt) : Shrink(limit, window, charge, answeredAt, retryAfter);
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
        while (limit.Counted.GetKeyAtIndex(0) <= limit.LastAnsweredAt - limit.Period && limit.Counted.Count > 1) limit.Counted.RemoveAt(0);
        if (limit is not { IsVerified: true, Shape: LimitShape.Unknown }) return false;
        var allowed = limit.IsTold || limit.Size == limit.DeclaredSize ? limit.Size : limit.Size + (limit.Size / 16) + 2;
        return limit.Counted.Values.Sum() > allowed;
    }

    /// <summary>The first calls of a window the size of which is proven: it had not opened yet, or a sliding token was not yet free.</summary>
    private static bool CameTooEarly(LimitState limit, QuotaWindow? window, LimitCharge charge)
    {
        if (!limit.IsVerified || window is null || limit.Window.Windows[0] == window) return false;
        return (charge.Ordinal == 1 && window.Accepted == 0) || (!limit.FollowsWindows && limit.EarlyRefusals < MostEarlyRefusals);
    }

    private static long Later(LimitState limit, QuotaWindow? window, long answeredAt)
    {
        limit.Guard = Math.Min(limit.Period / 8, (limit.Guard * 3 / 2) + 1_000);
        var again = answeredAt + limit.Guard;
        if (!limit.FollowsWindows)
        {
            // Whatever the reason, this token is not tried again before a period has passed.
            limit.EarlyRefusals++;
            limit.Log.Hold(answeredAt + limit.Period, limit.Grain);
            return answeredAt;
        }

        if (window is { Accepted: 0 }) window.StartsAt = Math.Max(window.StartsAt, again);
        return again;
    }

    /// <summary>The size is at most what was sent before the call that was refused.</summary>
    private static long Shrink(LimitState limit, QuotaWindow? window, LimitCharge charge, long answeredAt, long? retryAfter)
    {
        var counted = limit.FollowsWindows || !limit.IsVerified
            ? Math.Max(window?.Accepted ?? 0, charge.Ordinal - 1)
            : Math.Min(limit.Size - (window is { HasShrunk: true } ? 0 : 1), limit.Counted.Values.Sum() + limit.Log.InFlight);
        if (limit.FollowsWindows && limit.Window.Anchor is null) limit.Shape = LimitShape.Unknown;
        limit.Size = Math.Max(1, Math.Min(limit.Size, counted));
        if (window is not null) window.HasShrunk = true;
        limit.IsVerified = true;
        limit.AcceptedSinceGrowth = 0;
        var own = window is null ? (long?)null : limit.Window.EndOf(window, limit.Period) ?? window.StartsAt + limit.Period + limit.Guard;
        if (!limit.IsPeriodKnown)
        {
            limit.PeriodAtMost = window?.OpenedAt is { } opened && retryAfter is { } wait ? answeredAt + wait - opened : limit.PeriodAtMost;
            return answeredAt;
        }

        return Math.Max(answeredAt, own ?? answeredAt + (retryAfter ?? Math.Min(limit.Period / 10, WholeSecond)));
    }

    private static void GiveBack(LimitState limit, LimitCharge charge)
    {
        limit.Log.InFlight--;
        if (limit.Window.Find(charge.Window) is { } window) window.Granted--;
    }

    /// <summary>A call counted after its window's end belongs to the next one.</summary>
    private static QuotaWindow WindowOf(LimitState limit, LimitCharge charge, long countedAt)
    {
        if (limit.Window.Find(charge.Window) is { } window)
        {
            if (limit.Window.Current != window || !(limit.Window.EndOf(window, limit.Period) <= countedAt) || window.Accepted == 0)
                return window;
            window.Granted--;
        }

        return limit.Window.Take(countedAt, limit.Period, 0);
    }
}
