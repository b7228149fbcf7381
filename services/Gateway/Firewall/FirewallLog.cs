namespace ApiPoc.Gateway.Firewall;

internal static partial class FirewallLog
{
    [LoggerMessage(1500, LogLevel.Warning, "The firewall's rates cannot be added up; callers are judged by what was last known")]
    public static partial void RatesUnreachable(this ILogger logger, Exception failure);
}
