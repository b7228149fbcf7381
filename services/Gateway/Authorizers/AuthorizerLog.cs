namespace ApiPoc.Gateway.Authorizers;

internal static partial class AuthorizerLog
{
    [LoggerMessage(1300, LogLevel.Warning, "Authorizer {Authorizer} of API {ApiId} failed: {Why}")]
    public static partial void AuthorizerFailed(this ILogger logger, string apiId, string authorizer, string why);
}
