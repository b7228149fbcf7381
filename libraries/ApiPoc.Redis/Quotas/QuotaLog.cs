using Microsoft.Extensions.Logging;

namespace ApiPoc.Redis.Quotas;

internal static partial class QuotaLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Reports on {ApiId}'s quota were not written and will be with the next: {Reason}")]
    public static partial void ReportsDelayed(this ILogger logger, string apiId, string reason);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{ApiId} was closed for everybody by a 429 for {Limit} until {Until:O}, for {Length}")]
    public static partial void Closed(this ILogger logger, string apiId, string limit, DateTimeOffset until, TimeSpan length);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "{ApiId} accepted a call again, after {Length} and {Refusals} 429s")]
    public static partial void Reopened(this ILogger logger, string apiId, TimeSpan length, long refusals);
}
