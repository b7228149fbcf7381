namespace ApiPoc.Orchestrator;

/// <summary>The orchestrator's log messages.</summary>
internal static partial class OrchestratorLog
{
    [LoggerMessage(1, LogLevel.Warning, "The state shared about {ApiId} did not answer; nothing is dispatched meanwhile. {Problem}")]
    public static partial void SharedStateUnavailable(this ILogger logger, string apiId, string problem);

    [LoggerMessage(2, LogLevel.Error, "A step of {ApiId}'s lane failed.")]
    public static partial void LaneTroubled(this ILogger logger, Exception trouble, string apiId);

    [LoggerMessage(3, LogLevel.Error, "Job {JobId} could not be brought to an end; its message comes again.")]
    public static partial void FlightTroubled(this ILogger logger, Exception trouble, string jobId);

    [LoggerMessage(4, LogLevel.Warning, "A permit of {ApiId} was not returned and is lost until it expires. {Problem}")]
    public static partial void PermitNotReturned(this ILogger logger, string apiId, string problem);

    [LoggerMessage(5, LogLevel.Warning, "Job {JobId} waits for a worker: {Problem}")]
    public static partial void NoWorker(this ILogger logger, string jobId, string problem);

    [LoggerMessage(6, LogLevel.Warning, "The worker of job {JobId} was lost: {Problem}")]
    public static partial void WorkerLost(this ILogger logger, string jobId, string problem);

    [LoggerMessage(7, LogLevel.Warning, "The attempt of job {JobId} was not ended; another begins when its lease is over. {Problem}")]
    public static partial void AttemptNotAbandoned(this ILogger logger, string jobId, string problem);

    [LoggerMessage(8, LogLevel.Warning, "Message {MessageId} was not handed back; it comes when its visibility ends. {Problem}")]
    public static partial void NotHandedBack(this ILogger logger, string messageId, string problem);

    [LoggerMessage(9, LogLevel.Error, "Message {MessageId} was not removed; it comes again and is recognised. {Problem}")]
    public static partial void MessageNotEnded(this ILogger logger, string messageId, string problem);

    [LoggerMessage(10, LogLevel.Error, "Job {JobId} was dead-lettered as {Reason} after {Attempts} attempts. {Detail}")]
    public static partial void DeadLettered(this ILogger logger, string jobId, string reason, string detail, int attempts);

    [LoggerMessage(11, LogLevel.Warning, "The queue of jobs did not answer; trying again. {Problem}")]
    public static partial void QueueUnavailable(this ILogger logger, string problem);

    [LoggerMessage(12, LogLevel.Warning, "Breaker changes are not heard yet; trying again. {Problem}")]
    public static partial void ChangesUnheard(this ILogger logger, string problem);

    [LoggerMessage(13, LogLevel.Information, "A run started.")]
    public static partial void RunStarted(this ILogger logger);

    [LoggerMessage(14, LogLevel.Information, "The run finished after {Duration}: {Completed} completed, {DeadLettered} dead-lettered.")]
    public static partial void RunFinished(this ILogger logger, TimeSpan duration, long completed, long deadLettered);

    [LoggerMessage(15, LogLevel.Information, "Stopping: {InFlight} jobs in flight are waited for, {Waiting} waiting ones are handed back.")]
    public static partial void Stopping(this ILogger logger, int inFlight, int waiting);

    [LoggerMessage(16, LogLevel.Warning, "Stopping: {InFlight} jobs did not land in time and are handed back.")]
    public static partial void HandedBackInFlight(this ILogger logger, int inFlight);

    [LoggerMessage(17, LogLevel.Error, "Receiving jobs failed.")]
    public static partial void IntakeTroubled(this ILogger logger, Exception trouble);

    [LoggerMessage(18, LogLevel.Information, "Job {JobId} came back from the dead-letter queue and is tried anew.")]
    public static partial void Reopened(this ILogger logger, string jobId);

    [LoggerMessage(19, LogLevel.Warning, "Job {JobId} came back from the dead-letter queue and waits for the ledger. {Problem}")]
    public static partial void NotReopened(this ILogger logger, string jobId, string problem);
}
