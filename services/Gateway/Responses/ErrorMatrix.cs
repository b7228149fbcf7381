using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Responses;

/// <summary>
/// Every answer the gateway gives by itself, after Amazon API Gateway's default gateway responses. Where AWS documents nothing the
/// text is an option (docs/undocumented-behaviour.md).
/// </summary>
internal sealed class ErrorMatrix(BehaviourDefinition behaviour)
{
    private const string Forbidden = "ForbiddenException";
    private const string BadRequest = "BadRequestException";
    private const string AccessDenied = "AccessDeniedException";
    private const string Internal = "InternalServerErrorException";
    private const string Unavailable = "ServiceUnavailableException";
    private const string InternalMessage = "Internal server error";
    private const string NotAuthorized = "User is not authorized to access this resource";

    /// <summary>No such path or method; never 404 or 405.</summary>
    public GatewayError MissingAuthenticationToken { get; } =
        new("MISSING_AUTHENTICATION_TOKEN", 403, "MissingAuthenticationTokenException", "Missing Authentication Token");

    /// <summary>No such API or stage.</summary>
    public GatewayError UnknownStage { get; } = new("UNKNOWN_STAGE", 403, Forbidden, "Forbidden");

    /// <summary>A path that could mean two things: dot segments, encoded or not, backslashes, control characters.</summary>
    public GatewayError MalformedPath { get; } = new("MALFORMED_PATH", 400, BadRequest, "Bad Request");

    /// <summary>A request whose body breaks HTTP.</summary>
    public GatewayError MalformedRequest { get; } = new("MALFORMED_REQUEST", 400, BadRequest, "Bad Request");

    /// <summary>A request whose body does not come, or too slowly.</summary>
    public GatewayError RequestTimeout { get; } = new("REQUEST_TIMEOUT", 408, "RequestTimeoutException", "Request Timeout");

    /// <summary>Blocked by the firewall, without a custom response.</summary>
    public GatewayError FirewallBlocked { get; } = new("WAF_FILTERED", 403, behaviour.FirewallErrorType, "Forbidden");

    /// <summary>The identity is missing or malformed, or the authorizer said so.</summary>
    public GatewayError Unauthorized { get; } = new("UNAUTHORIZED", 401, "UnauthorizedException", "Unauthorized");

    /// <summary>The authorizer's policy denies.</summary>
    public GatewayError ExplicitlyDenied { get; } = new(
        "ACCESS_DENIED", 403, AccessDenied, $"{NotAuthorized} with an explicit deny{behaviour.ExplicitDenySuffix}", behaviour.AccessDeniedMember);

    /// <summary>The authorizer's policy allows something else.</summary>
    public GatewayError NotAllowed { get; } = new("ACCESS_DENIED", 403, AccessDenied, NotAuthorized, behaviour.AccessDeniedMember);

    /// <summary>The authorizer failed or gave no policy.</summary>
    public GatewayError AuthorizerFailed { get; } = new("AUTHORIZER_CONFIGURATION_ERROR", 500, "AuthorizerConfigurationException", Message: null);

    /// <summary>The key is missing, unknown, disabled, or in no plan for this stage.</summary>
    public GatewayError InvalidApiKey { get; } = new("INVALID_API_KEY", 403, Forbidden, "Forbidden");

    /// <summary>Keys cannot be checked now: never let through, never slow.</summary>
    public GatewayError AuthUnavailable { get; } = new("AUTH_UNAVAILABLE", 503, Unavailable, "auth_unavailable");

    /// <summary>A bucket is empty.</summary>
    public GatewayError Throttled { get; } = new("THROTTLED", 429, "TooManyRequestsException", "Too Many Requests");

    /// <summary>The plan's quota is used up.</summary>
    public GatewayError QuotaExceeded { get; } = new("QUOTA_EXCEEDED", 429, "LimitExceededException", "Limit Exceeded");

    /// <summary>Limits cannot be decided now and the stage or plan says to refuse then.</summary>
    public GatewayError ThrottleUnavailable { get; } = new("THROTTLE_UNAVAILABLE", 503, Unavailable, "throttle_unavailable");

    /// <summary>The body does not satisfy its model.</summary>
    public GatewayError InvalidRequestBody { get; } = new("BAD_REQUEST_BODY", 400, BadRequest, "Invalid request body");

    /// <summary>The body's media type is not accepted.</summary>
    public GatewayError UnsupportedMediaType { get; } = new("UNSUPPORTED_MEDIA_TYPE", 415, BadRequest, "Unsupported Media Type");

    /// <summary>The body is larger than the server takes.</summary>
    public GatewayError RequestTooLarge { get; } = new("REQUEST_TOO_LARGE", 413, "RequestTooLargeException", "Request Too Long");

    /// <summary>An unauthorized <c>max-age=0</c> under the strategy FAIL_WITH_403.</summary>
    public GatewayError CacheInvalidationDenied { get; } = new("ACCESS_DENIED", 403, AccessDenied, behaviour.CacheInvalidationMessage);

    /// <summary>The back end's concurrency is used up: a 500, as a rejected function invocation is.</summary>
    public GatewayError IntegrationThrottled { get; } = new("INTEGRATION_REJECTED", 500, Internal, InternalMessage);

    /// <summary>The back end took too long.</summary>
    public GatewayError IntegrationTimeout { get; } = new("INTEGRATION_TIMEOUT", 504, Internal, behaviour.IntegrationTimeoutMessage);

    /// <summary>The back end could not be reached or broke off.</summary>
    public GatewayError IntegrationFailure { get; } = new("INTEGRATION_FAILURE", 504, Internal, behaviour.IntegrationFailureMessage);

    /// <summary>A fault of ours.</summary>
    public GatewayError InternalError { get; } = new("API_CONFIGURATION_ERROR", 500, Internal, InternalMessage);

    /// <summary>Required parameters are missing.</summary>
    public static GatewayError MissingParameters(IEnumerable<string> names) =>
        new("BAD_REQUEST_PARAMETERS", 400, BadRequest, $"Missing required request parameters: [{string.Join(", ", names)}]");
}
