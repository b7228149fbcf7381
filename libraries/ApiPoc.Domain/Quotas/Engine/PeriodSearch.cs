namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>
/// Finds the period of a limit nobody declared: after the first refusal single calls are sent at widening intervals until one is
/// accepted; the period lies between the last refusal and that call, and is taken to be the roundest number there.
/// </summary>
public static class PeriodSearch
{
    private const long FirstWait = 25_000;
    private const double Widening = 1.25;

    /// <summary>Periods people choose, in µs.</summary>
    private static readonly long[] Round =
    [
        .. new double[] { 0.1, 0.2, 0.25, 0.5, 1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 86400 }
            .Select(seconds => (long)(seconds * 1_000_000)),
    ];

    /// <summary>When the next single call is to be sent.</summary>
    public static LimitPacer.Slot Next(LimitState limit, long now)
    {
        if (limit.Log.InFlight > 0) return new LimitPacer.Slot(null, default, null, $"{limit.Name}: period being learned");
        var opened = limit.Window.Current?.OpenedAt ?? now;
        var next = Math.Max(limit.LastRefusedAt + FirstWait, opened + (long)((limit.LastRefusedAt - opened) * Widening));
        if (limit.PeriodAtMost is { } atMost) next = Math.Min(Math.Max(next, limit.LastRefusedAt), opened + atMost);
        return next <= now
            ? new LimitPacer.Slot(now, PermitPurpose.TestPeriod, null, "")
            : new LimitPacer.Slot(null, default, next, $"{limit.Name}: period being learned");
    }

    /// <summary>A single call was accepted: the period ends between the last refusal and now.</summary>
    public static void Found(LimitState limit, QuotaWindow window, long acceptedAt)
    {
        var opened = window.OpenedAt ?? acceptedAt;
        var atLeast = limit.LastRefusedAt - opened;
        var atMost = acceptedAt - opened;
        var guess = limit.Period;
        limit.Period = Round.FirstOrDefault(period => period > atLeast && period <= atMost + FirstWait, atMost);
        limit.IsPeriodKnown = true;
        limit.Log.Shift(limit.Period - guess, acceptedAt);
    }
}
