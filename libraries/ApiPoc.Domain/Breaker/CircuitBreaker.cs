namespace ApiPoc.Domain.Breaker;

/// <summary>
/// The breaker's rules, without clock or store: what an event makes of a state. Invariants, held by an exhaustive model check: at
/// most one probe holds the current epoch; only a result of the current epoch decides; from every state a healthy API leads to Closed.
/// </summary>
/// <remarks>
/// <code>
///                       | CallThrottled,  |                |                    |
///  state                | CallsFailed     | ProbeWanted    | ProbeSucceeded     | ProbeFailed
///  ---------------------+-----------------+----------------+--------------------+------------------
///  Closed               | Open (opened)   | -              | -                  | -
///  Open, probe not due  | -               | -              | -                  | -
///  Open, probe due      | -               | HalfOpen       | -                  | -
///  HalfOpen, claim held | -               | -              | Closed (closed)    | Open (reopened)
///  HalfOpen, claim over | -               | HalfOpen (new) | Closed (closed)    | Open (reopened)
///
///  Every cell but those of ProbeWanted needs the event's epoch to be the state's; else nothing changes.
/// </code>
/// </remarks>
public static class CircuitBreaker
{
    /// <summary>No API is believed when it asks to be left alone for longer than this: a day, the longest quota window we plan for.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(1);

    /// <summary>What <paramref name="happened"/> makes of <paramref name="state"/> at <paramref name="now"/>, the store's time.</summary>
    public static BreakerTransition Next(BreakerState state, BreakerEvent happened, DateTimeOffset now, BreakerTimes times) =>
        (state.Circuit, happened) switch
        {
            (CircuitState.Closed, CallThrottled report) when report.Epoch == state.Epoch =>
                Open(state, now, Longer(times.ProbeInterval, report.RetryAfter), report.Reason, failures: 0, BreakerEffect.Opened),

            (CircuitState.Closed, CallsFailed report) when report.Epoch == state.Epoch =>
                Open(state, now, times.ProbeInterval, report.Reason, failures: 0, BreakerEffect.Opened),

            (CircuitState.Open or CircuitState.HalfOpen, ProbeWanted offer) when IsDue(state, now) =>
                Grant(state, now, times.ProbeClaim, offer.Holder),

            (CircuitState.HalfOpen, ProbeSucceeded report) when report.Epoch == state.Epoch =>
                new(state, new(CircuitState.Closed, NextEpoch(state, now), null, "", null, 0), BreakerEffect.Closed, now),

            (CircuitState.HalfOpen, ProbeFailed report) when report.Epoch == state.Epoch =>
                Open(state, now, Longer(times.ProbeInterval, report.RetryAfter), report.Reason, state.Failures + 1, BreakerEffect.Reopened),

            _ => new(state, state, BreakerEffect.None, now),
        };

    /// <summary>Whether a probe would be granted at <paramref name="now"/>.</summary>
    public static bool IsDue(BreakerState state, DateTimeOffset now) =>
        state.ProbeAt is { } due && (now >= due || IsClockSetBack(state, now));

    // A deadline written before the store's clock leapt back may be hours away; an early probe is the smaller harm.
    private static bool IsClockSetBack(BreakerState state, DateTimeOffset now) =>
        now.ToUnixTimeMilliseconds() < state.Epoch - (long)ClockTolerance.TotalMilliseconds;

    private static BreakerTransition Open(
        BreakerState state, DateTimeOffset now, TimeSpan wait, string reason, int failures, BreakerEffect effect) =>
        new(state, new(CircuitState.Open, NextEpoch(state, now), now + wait, reason, null, failures), effect, now);

    private static BreakerTransition Grant(BreakerState state, DateTimeOffset now, TimeSpan claim, string holder)
    {
        var granted = state with
        {
            Circuit = CircuitState.HalfOpen,
            Epoch = NextEpoch(state, now),
            ProbeAt = now + claim,
            ProbeHolder = holder,
        };
        return new(state, granted, BreakerEffect.ProbeGranted, now);
    }

    // The time of the transition, so that a store which lost its data does not hand out an epoch that is still under way.
    private static long NextEpoch(BreakerState state, DateTimeOffset now) => Math.Max(state.Epoch + 1, now.ToUnixTimeMilliseconds());

    private static TimeSpan Longer(TimeSpan interval, TimeSpan? asked) =>
        asked is { } wait && wait > interval ? (wait < LongestWait ? wait : LongestWait) : interval;
}
