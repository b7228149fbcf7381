namespace ApiPoc.Gateway.Alarms;

internal static partial class AlarmLog
{
    [LoggerMessage(EventId = 1700, Message = "Alarm {Alarm} changed from {From} to {To}")]
    public static partial void AlarmChanged(this ILogger logger, LogLevel level, string alarm, string from, string to);

    [LoggerMessage(1701, LogLevel.Warning, "Alarms cannot be judged: {Why}")]
    public static partial void AlarmsUnreachable(this ILogger logger, string why);
}
