namespace ApiPoc.Domain.Throttling;

/// <summary>
/// One limit seen at one moment: what it would admit, and what is left to store when it is charged. The arithmetic is that of
/// <c>admit.lua</c>, operation by operation on the same doubles, so that both decide alike to the last bit.
/// All times are in microseconds.
/// </summary>
internal abstract class LimitView
{
    /// <summary>Opens the view of <paramref name="limit"/> whose stored state is <paramref name="stored"/> at <paramref name="now"/>.</summary>
    public static LimitView Open(Limit limit, LimitState? stored, long now) => limit switch
    {
        TokenBucketLimit bucket => new TokenBucket(bucket, stored, now),
        WindowLimit window => Window.Open(window, stored, now),
        CalendarLimit calendar => CalendarWindow.Open(calendar, stored, now),
        _ => throw new ArgumentException($"A {limit.GetType().Name} is no known type of limit.", nameof(limit)),
    };

    /// <summary>Whole requests it would admit now; at least 0.</summary>
    public abstract long Remaining { get; }

    /// <summary>How long until it is full again, or its window ends; 0 when untouched.</summary>
    public abstract long ResetAfter { get; }

    /// <summary>How long until its state says nothing any more and can be forgotten.</summary>
    public abstract double MattersFor { get; }

    /// <summary>What to store.</summary>
    public abstract LimitState State { get; }

    /// <summary>Whether it admits <paramref name="requests"/> now.</summary>
    public abstract bool Admits(long requests);

    /// <summary>The least wait after which it admits <paramref name="requests"/>, at most its capacity, when it does not now.</summary>
    public abstract long WaitFor(long requests);

    /// <summary>Charges <paramref name="requests"/>, which it admits.</summary>
    public abstract void Charge(long requests);

    /// <summary>Takes back <paramref name="requests"/> that were charged at <paramref name="chargedAt"/>, in microseconds since 1970.</summary>
    public abstract void Return(long requests, long chargedAt);
}
