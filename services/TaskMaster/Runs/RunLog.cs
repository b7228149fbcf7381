namespace ApiPoc.TaskMaster.Runs;

internal static partial class RunLog
{
    [LoggerMessage(10, LogLevel.Information, "Sent run {RunId}: {Jobs} jobs.")]
    public static partial void Sent(ILogger logger, string runId, int jobs);

    [LoggerMessage(11, LogLevel.Warning, "The first run waits for the queue. {Problem}")]
    public static partial void WaitsForQueue(ILogger logger, string problem);
}
