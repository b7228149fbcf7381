namespace ApiPoc.Domain.Breaker;

/// <summary>What an event did to a breaker.</summary>
/// <param name="Before">The state it met.</param>
/// <param name="After">The state to write; the same as <paramref name="Before"/> when the event changed nothing.</param>
/// <param name="Effect">What follows once <paramref name="After"/> is written.</param>
/// <param name="At">The store's time.</param>
public sealed record BreakerTransition(BreakerState Before, BreakerState After, BreakerEffect Effect, DateTimeOffset At)
{
    /// <summary>Whether there is anything to write.</summary>
    public bool IsChange => Effect != BreakerEffect.None;
}

/// <summary>What follows from a transition, once.</summary>
public enum BreakerEffect
{
    /// <summary>Nothing: the event was stale, early, or changes nothing in this state.</summary>
    None,

    /// <summary>It opened: announce it.</summary>
    Opened,

    /// <summary>The asking process holds the probe, with the new epoch: announce it and make the call.</summary>
    ProbeGranted,

    /// <summary>The probe failed and the next one is planned. It never closed, so there is nothing to announce.</summary>
    Reopened,

    /// <summary>It closed: announce it.</summary>
    Closed,
}
