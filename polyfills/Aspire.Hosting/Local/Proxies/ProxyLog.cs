using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Proxies;

internal static partial class ProxyLog
{
    [LoggerMessage(1, LogLevel.Debug, "Accepting a connection failed")]
    public static partial void AcceptFailed(ILogger logger, Exception failure);

    [LoggerMessage(2, LogLevel.Debug, "A relayed connection broke: {Reason}")]
    public static partial void ConnectionBroken(ILogger logger, string reason);
}
