using ApiPoc.Domain.Throttling;
using StackExchange.Redis;

namespace ApiPoc.ExternalApi.Answers;

/// <summary>Without its store the API cannot count, so it serves nobody: 503 with a body of its own, at once.</summary>
internal static partial class StoreOutage
{
    public static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception failure) when (IsOutage(failure) && !context.Response.HasStarted)
        {
            LogUnavailable(context.RequestServices.GetRequiredService<ILogger<StatusAnswer>>(), failure.Message);
            context.Response.Clear();
            context.Response.Headers.RetryAfter = "1";
            await new StatusAnswer(503, "quota store unavailable").ExecuteAsync(context);
        }
    }

    private static bool IsOutage(Exception failure) => failure is AdmissionUnavailableException or RedisException or TimeoutException;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Answered 503: the quota store was unavailable: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string reason);
}
