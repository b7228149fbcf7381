using Microsoft.Extensions.Logging;

namespace ApiPoc.Redis.Breaker;

internal static partial class BreakerLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Calls} successful calls of {ApiId} were not counted by its breaker: {Reason}")]
    public static partial void SuccessesLost(this ILogger logger, long calls, string apiId, string reason);
}
