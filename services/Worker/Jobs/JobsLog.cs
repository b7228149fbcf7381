using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Worker.Jobs;

/// <summary>The worker's log messages.</summary>
internal static partial class JobsLog
{
    [LoggerMessage(1, LogLevel.Information, "{Operation} {JobId} ended: {Outcome} {StatusCode} {Reason}")]
    public static partial void AttemptEnded(
        this ILogger logger, string operation, string jobId, JobOutcomeKind outcome, int? statusCode, string reason);

    [LoggerMessage(2, LogLevel.Warning, "{ApiId} answered 429 to {Resource}; it asked for {RetryAfter}")]
    public static partial void Throttled(this ILogger logger, string apiId, string resource, TimeSpan? retryAfter);

    [LoggerMessage(3, LogLevel.Warning, "The breaker of {ApiId} went to {State}: {Reason}")]
    public static partial void BreakerChanged(this ILogger logger, string apiId, CircuitState state, string reason);

    [LoggerMessage(4, LogLevel.Warning, "What the call to {ApiId} taught could not be shared: {Problem}")]
    public static partial void LessonLost(this ILogger logger, string apiId, string problem);

    [LoggerMessage(5, LogLevel.Error, "Job {JobId} is handed back because the ledger does not answer: {Problem}")]
    public static partial void LedgerUnavailable(this ILogger logger, string jobId, string problem);
}
