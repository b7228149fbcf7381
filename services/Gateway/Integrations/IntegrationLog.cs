namespace ApiPoc.Gateway.Integrations;

internal static partial class IntegrationLog
{
    [LoggerMessage(1400, LogLevel.Warning, "The back end of {Method} of API {ApiId} failed: {Why}")]
    public static partial void IntegrationFailed(this ILogger logger, string apiId, string method, string why);
}
