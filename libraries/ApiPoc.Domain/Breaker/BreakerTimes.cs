using ApiPoc.Domain.Apis;

namespace ApiPoc.Domain.Breaker;

/// <summary>The durations a breaker goes by.</summary>
/// <param name="ProbeInterval">From opening, or from a failed probe, to the next probe.</param>
/// <param name="ProbeClaim">
/// How long a granted probe is its holder's. Longer than a call can take, so that two probes are never under way; no shorter than
/// <paramref name="ProbeInterval"/>, so that holders which die one after another do not probe more often than agreed.
/// </param>
public sealed record BreakerTimes(TimeSpan ProbeInterval, TimeSpan ProbeClaim)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>An API's durations.</summary>
    public static BreakerTimes Of(ApiOptions api)
    {
        var call = api.Timeout + Margin;
        return new(api.Breaker.ProbeInterval, api.Breaker.ProbeInterval > call ? api.Breaker.ProbeInterval : call);
    }
}
