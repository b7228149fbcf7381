using ApiPoc.Domain.Quotas;

namespace ApiPoc.Simulation;

/// <summary>An API that throttles, in virtual time (µs): the referee of a simulation.</summary>
public abstract class Referee
{
    /// <summary>Whether a call arriving now is accepted; charges it if so.</summary>
    public abstract bool TryAccept(string resource, long now);

    /// <summary>The headers of an answer given now; none unless the referee tells.</summary>
    public virtual QuotaHeaders HeadersAt(bool isAccepted, long now) => QuotaHeaders.None;

    /// <summary>The earliest time in which so many calls can be accepted, the first arriving at <paramref name="start"/> (µs from it).</summary>
    public abstract double OptimalTime(int jobs, long start);
}

/// <summary>A limit whose size changes with time.</summary>
/// <param name="At">The size at a moment (µs).</param>
public sealed record SizeOverTime(Func<long, long> At)
{
    /// <summary>A size that never changes.</summary>
    public static SizeOverTime Constant(long size) => new(_ => size);
}

/// <summary>Which headers a referee sends.</summary>
public enum RefereeHeaders
{
    /// <summary>None.</summary>
    None,

    /// <summary>Retry-After on refusals, in whole seconds, rounded up.</summary>
    RetryAfter,

    /// <summary>Limit, remaining and reset (whole seconds, rounded up) on every answer, and Retry-After.</summary>
    RateLimit,

    /// <summary>The same with the policy's name and window.</summary>
    Policy,
}
