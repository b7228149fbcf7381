namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>Changes what is believed of limits by what the API's headers say of them. Pure; times in µs of one clock.</summary>
public static class HeaderLearner
{
    /// <summary>An answer to a call that charged these limits, counted about <paramref name="countedAt"/>, carried headers.</summary>
    public static void Learn(IReadOnlyList<(LimitState Limit, LimitCharge Charge)> charged, QuotaHeaders headers, long countedAt, long answeredAt)
    {
        if (headers.Policies.Count > 0)
        {
            LearnPolicies(charged, headers.Policies, countedAt, answeredAt);
            return;
        }

        // One quota told without a name: it is the only limit, or the one it fits.
        foreach (var (limit, charge) in charged)
            if (charged.Count == 1 || headers.Limit == limit.Size) Learn(limit, charge, headers, countedAt, answeredAt);
    }

    /// <summary>The API named all its policies: each is the limit it fits best, and a limit that none fits does not exist.</summary>
    private static void LearnPolicies(
        IReadOnlyList<(LimitState Limit, LimitCharge Charge)> charged, IReadOnlyList<QuotaPolicyHeader> policies, long countedAt, long answeredAt)
    {
        var left = policies.ToList();
        foreach (var (limit, charge) in charged.OrderByDescending(entry => policies.Any(policy => Fits(entry.Limit, policy))))
        {
            var policy = left.Find(policy => Fits(limit, policy)) ?? left.Find(policy => policy.Name == limit.Name) ?? left.FirstOrDefault();
            limit.IsRefuted = policy is null;
            if (policy is null) continue;
            left.Remove(policy);
            Learn(limit, charge, new QuotaHeaders(policy.Limit, policy.Window, policy.Remaining, policy.ResetAfter, null), countedAt, answeredAt);
        }
    }

    private static bool Fits(LimitState limit, QuotaPolicyHeader policy) =>
        policy.Limit == limit.Size && policy.Window.Ticks / TimeSpan.TicksPerMicrosecond == limit.Period;

    private static void Learn(LimitState limit, LimitCharge charge, QuotaHeaders headers, long countedAt, long answeredAt)
    {
        if (headers is { Window: { } period, Limit: not null }) LearnPeriod(limit, period.Ticks / TimeSpan.TicksPerMicrosecond, countedAt);
        if (headers.Limit is { } size and > 0)
        {
            limit.Size = size;
            limit.IsTold = true;
            limit.IsVerified = true;
        }

        if (headers is { Window: null, Limit: > 0, Remaining: { } rest, ResetAfter: { } told } && limit.DeclaredSize is null)
            ToldPeriod.Learn(limit, charge, isFirst: rest == headers.Limit - 1, told.Ticks / TimeSpan.TicksPerMicrosecond, countedAt);
        if (limit.Window.Find(charge.Window) is not { } window) return;
        if (headers.ResetAfter is { } reset) LearnEnd(limit, window, answeredAt + (reset.Ticks / TimeSpan.TicksPerMicrosecond), countedAt);
        if (headers is { Remaining: { } remaining, Limit: { } limitSize }) LearnOthers(limit, window, remaining, limitSize);
    }

    /// <summary>Windows are told in whole seconds, so one that differs by less says nothing new.</summary>
    private static void LearnPeriod(LimitState limit, long period, long now)
    {
        if (limit.Search is null && Math.Abs(limit.Period - period) < LimitState.WholeSecond) return;
        limit.Log.Shift(period - limit.Period, now);
        limit.Period = period;
        limit.Search = null;
    }

    /// <summary>Resets are told in whole seconds, rounded up: the smallest of a window's upper bounds is the best.</summary>
    private static void LearnEnd(LimitState limit, QuotaWindow window, long end, long countedAt)
    {
        if (end <= countedAt || end > countedAt + limit.Period + LimitState.WholeSecond) return;
        window.EndsAt = Math.Min(window.EndsAt ?? end, end);
    }

    /// <summary>What the API counted beyond all we have sent, others have used.</summary>
    private static void LearnOthers(LimitState limit, QuotaWindow window, long remaining, long size)
    {
        if (limit.Window.Find(window.Id - 1) is { } before && before.Remaining > remaining && window.Remaining is null)
        {
            CameEarly(limit, window, before);
            return;
        }

        window.Foreign = Math.Max(window.Foreign, size - remaining - window.Granted);
        window.Remaining = Math.Min(window.Remaining ?? remaining, remaining);
    }

    /// <summary>Less than the window before had left: the call came a little early and was still counted in that one.</summary>
    private static void CameEarly(LimitState limit, QuotaWindow window, QuotaWindow before)
    {
        if (window.Accepted > 1) return;
        (before.Granted, before.Accepted) = (before.Granted + 1, before.Accepted + 1);
        (window.Granted, window.Accepted, window.OpenedAt, window.OpenedNotBefore) = (window.Granted - 1, 0, null, null);
        limit.OpensAlone = true;
    }
}
