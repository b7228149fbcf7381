namespace ApiPoc.Domain.Breaker;

/// <summary>What can happen to a breaker. Reports carry the epoch their call was sent under; one of another epoch is stale.</summary>
public abstract record BreakerEvent;

/// <summary>A call was answered 429, where the API's policy is that this opens the breaker.</summary>
/// <param name="Epoch">The epoch the call was sent under.</param>
/// <param name="RetryAfter">How long the API asked to wait, if it did.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record CallThrottled(long Epoch, TimeSpan? RetryAfter, string Reason) : BreakerEvent;

/// <summary>Calls failed (5xx, time-outs, no connection) as often as is tolerated.</summary>
/// <param name="Epoch">The epoch the last of these calls was sent under.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record CallsFailed(long Epoch, string Reason) : BreakerEvent;

/// <summary>A process offers to probe; granted when a probe is due, or the former holder let its claim expire.</summary>
/// <param name="Holder">Names the process.</param>
public sealed record ProbeWanted(string Holder) : BreakerEvent;

/// <summary>The probe was answered well.</summary>
/// <param name="Epoch">The epoch the probe was granted with.</param>
public sealed record ProbeSucceeded(long Epoch) : BreakerEvent;

/// <summary>The probe failed or was throttled.</summary>
/// <param name="Epoch">The epoch the probe was granted with.</param>
/// <param name="RetryAfter">How long the API asked to wait, if it did.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record ProbeFailed(long Epoch, TimeSpan? RetryAfter, string Reason) : BreakerEvent;
