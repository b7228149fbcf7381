namespace ApiPoc.Gateway.Outages;

internal static partial class OutageLog
{
    [LoggerMessage(1800, LogLevel.Warning, "Redis is away: calls that need a key are refused, limits are decided as stages and plans say ({Why})")]
    public static partial void RedisAway(this ILogger logger, string why);

    [LoggerMessage(1801, LogLevel.Information, "Redis answers again")]
    public static partial void RedisBack(this ILogger logger);
}
