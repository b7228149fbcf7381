namespace ApiPoc.TaskMaster.Scheduling;

internal static partial class SchedulingLog
{
    [LoggerMessage(1, LogLevel.Error, "Schedule {Schedule} could not send its run of {Moment:u}; it is not made up for. {Problem}")]
    public static partial void RunNotSent(ILogger logger, string schedule, DateTimeOffset moment, string problem);

    [LoggerMessage(2, LogLevel.Warning, "Redis did not say who has the moment {Moment:u} of schedule {Schedule}; the run is sent. {Problem}")]
    public static partial void ClaimUnavailable(ILogger logger, string schedule, DateTimeOffset moment, string problem);
}
