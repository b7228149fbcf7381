namespace ApiPoc.Gateway.Usage;

internal static partial class UsageLog
{
    [LoggerMessage(1600, LogLevel.Debug, "Usage could not be added up and is kept: {Why}")]
    public static partial void UsageUnreachable(this ILogger logger, string why);
}
