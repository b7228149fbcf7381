using ApiPoc.Domain.Apis;

namespace ApiPoc.Domain.Breaker;

/// <summary>When failed calls, counted over all processes, are too many.</summary>
public static class FailureQuorum
{
    /// <summary>Whether both the number and the share of failures are reached: a few among many, or the only two of a night, are no outage.</summary>
    public static bool IsReached(CallTally tally, ApiBreakerOptions options) =>
        tally.Failures >= options.FailureThreshold && tally.Failures >= options.FailureRatio * tally.Calls;
}

/// <summary>Calls and, among them, failures (5xx, time-outs, no connection) within the sampling window.</summary>
public sealed record CallTally(long Calls, long Failures);

/// <summary>Counts an API's calls over all processes within a sliding time.</summary>
public interface IFailureWindow
{
    /// <summary>
    /// Counts a call that went well, without waiting: together with others, at the latest half of <paramref name="window"/> later, with this
    /// process's next failure, or when any process recounts; as of now in any case. Such a count may be lost when the store is away.
    /// </summary>
    /// <param name="apiId">The API.</param>
    /// <param name="epoch">The breaker's epoch the call was sent under: a newer one starts from zero, an older one is not counted.</param>
    /// <param name="window">How long a call counts.</param>
    void CountSuccess(string apiId, long epoch, TimeSpan window);

    /// <summary>Counts a call that failed and returns the totals of the last <paramref name="window"/>, give or take a tenth of it.</summary>
    /// <param name="apiId">The API.</param>
    /// <param name="epoch">The breaker's epoch the call was sent under: a newer one starts from zero, an older one is not counted.</param>
    /// <param name="window">How long a call counts.</param>
    /// <param name="cancellationToken">Gives up waiting; the call may have been counted.</param>
    /// <exception cref="BreakerUnavailableException">The store did not answer.</exception>
    Task<CallTally> CountFailureAsync(string apiId, long epoch, TimeSpan window, CancellationToken cancellationToken);

    /// <summary>
    /// Has every process count the calls that went well and wait to be counted, and returns the totals then: failures that seem to be too many
    /// may only have been counted sooner.
    /// </summary>
    /// <param name="apiId">The API.</param>
    /// <param name="epoch">The breaker's epoch the failed call was sent under; the totals are zero when a newer one has begun.</param>
    /// <param name="window">How long a call counts.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="BreakerUnavailableException">The store did not answer.</exception>
    Task<CallTally> RecountAsync(string apiId, long epoch, TimeSpan window, CancellationToken cancellationToken);
}
