namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>Changes what is believed of one limit by what the API's headers say of it. Pure; times in µs of one clock.</summary>
public static class HeaderLearner
{
    /// <summary>An accepted call, counted about <paramref name="countedAt"/>, carried headers.</summary>
    public static void Learn(LimitState limit, LimitCharge charge, QuotaHeaders headers, long countedAt, long answeredAt)
    {
        if (headers.Window is { } period && headers.Limit is not null)
        {
            limit.Period = period.Ticks / TimeSpan.TicksPerMicrosecond;
            limit.IsPeriodKnown = true;
        }

        if (headers.Limit is { } size and > 0)
        {
            limit.Size = size;
            limit.IsTold = true;
            limit.IsVerified = true;
        }

        if (limit.Window.Find(charge.Window) is not { } window) return;
        if (headers.ResetAfter is { } reset) LearnEnd(limit, window, answeredAt + (reset.Ticks / TimeSpan.TicksPerMicrosecond), countedAt);
        if (headers.Remaining is { } remaining && headers.Limit is { } limitSize) LearnOthers(limit, window, remaining, limitSize);
    }

    /// <summary>Resets are told in whole seconds, rounded up: the smallest of a window's upper bounds is the best.</summary>
    private static void LearnEnd(LimitState limit, QuotaWindow window, long end, long countedAt)
    {
        if (end <= countedAt || end > countedAt + limit.Period + 1_000_000) return;
        window.EndsAt = Math.Min(window.EndsAt ?? end, end);
    }

    /// <summary>What the API counted beyond all we have sent, others have used.</summary>
    private static void LearnOthers(LimitState limit, QuotaWindow window, long remaining, long size)
    {
        var others = size - remaining - window.Granted;
        if (others > window.Foreign)
        {
            window.Foreign = others;
            limit.IsShared = true;
        }

        limit.Remaining = Math.Min(limit.Window.Current == window && window.Accepted > 1 ? limit.Remaining ?? remaining : remaining, remaining);
    }
}
