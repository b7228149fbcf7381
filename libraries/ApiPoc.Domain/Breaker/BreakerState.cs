namespace ApiPoc.Domain.Breaker;

/// <summary>The three states of a circuit breaker.</summary>
public enum CircuitState
{
    /// <summary>Calls pass.</summary>
    Closed,

    /// <summary>Calls are held back until a probe succeeds.</summary>
    Open,

    /// <summary>One probe, held by one process, is under way.</summary>
    HalfOpen,
}

/// <summary>What every process shares about one API's breaker.</summary>
/// <param name="Circuit">The state.</param>
/// <param name="Epoch">
/// Grows with every transition; a result that carries another epoch is ignored (fencing). It is the transition's time in Unix
/// milliseconds, or one more than before where that is not more.
/// </param>
/// <param name="ProbeAt">Open: when the next probe is due. HalfOpen: when the probe's claim expires. Closed: unset.</param>
/// <param name="Reason">Why it opened, e.g. <c>429 survey quota exceeded</c>; empty when closed.</param>
/// <param name="ProbeHolder">HalfOpen: who holds the probe.</param>
/// <param name="Failures">Failed probes since it opened.</param>
public sealed record BreakerState(CircuitState Circuit, long Epoch, DateTimeOffset? ProbeAt, string Reason, string? ProbeHolder, int Failures)
{
    /// <summary>What an API nobody has spoken of yet has: closed, epoch 0.</summary>
    public static BreakerState Initial { get; } = new(CircuitState.Closed, 0, null, "", null, 0);
}
