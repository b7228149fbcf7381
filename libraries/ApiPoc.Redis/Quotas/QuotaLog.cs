using Microsoft.Extensions.Logging;

namespace ApiPoc.Redis.Quotas;

internal static partial class QuotaLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Reports on {ApiId}'s quota were not written and will be with the next: {Reason}")]
    public static partial void ReportsDelayed(this ILogger logger, string apiId, string reason);
}
