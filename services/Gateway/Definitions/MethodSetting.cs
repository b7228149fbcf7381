using System.Text.Json.Serialization;

namespace ApiPoc.Gateway.Definitions;

/// <summary>
/// A stage's settings for one method or for all, with the names Amazon API Gateway gives them; a null leaves what
/// <c>*/*</c> says. Both <c>gateway.json</c> and the control plane write it.
/// </summary>
internal sealed record MethodSetting
{
    /// <summary>Refill in requests per second; above 0; needs <see cref="ThrottlingBurstLimit"/>.</summary>
    public double? ThrottlingRateLimit { get; init; }

    /// <summary>The bucket's size in requests; at least 1.</summary>
    public long? ThrottlingBurstLimit { get; init; }

    /// <summary>The throttle is counted and reported, not enforced.</summary>
    public bool? ThrottlingShadow { get; init; }

    /// <summary>Whether answers are cached; for <c>*/*</c> that is for GET only.</summary>
    public bool? CachingEnabled { get; init; }

    /// <summary>How long entries live; 0 (off) to 3600 s, default 300 s.</summary>
    public int? CacheTtlInSeconds { get; init; }

    /// <summary>Kept for clients of the control plane; entries live in Redis.</summary>
    public bool? CacheDataEncrypted { get; init; }

    /// <summary>Whether <c>Cache-Control: max-age=0</c> needs the right to invalidate; default true.</summary>
    public bool? RequireAuthorizationForCacheControl { get; init; }

    /// <summary>What an unauthorized <c>max-age=0</c> meets; default <see cref="UnauthorizedCacheControlStrategy.SucceedWithResponseHeader"/>.</summary>
    public UnauthorizedCacheControlStrategy? UnauthorizedCacheControlHeaderStrategy { get; init; }

    /// <summary>Whether the method's own metrics (dimensions Method and Resource) are recorded; default false.</summary>
    public bool? MetricsEnabled { get; init; }

    /// <summary>Kept for clients of the control plane: <c>OFF</c>, <c>ERROR</c> or <c>INFO</c>.</summary>
    public string? LoggingLevel { get; init; }

    /// <summary>Kept for clients of the control plane; bodies are never logged.</summary>
    public bool? DataTraceEnabled { get; init; }
}

/// <summary>What an unauthorized <c>Cache-Control: max-age=0</c> meets.</summary>
internal enum UnauthorizedCacheControlStrategy
{
    /// <summary>403.</summary>
    [JsonStringEnumMemberName("FAIL_WITH_403")]
    FailWith403,

    /// <summary>The header is ignored, and a <c>Warning</c> says so.</summary>
    SucceedWithResponseHeader,

    /// <summary>The header is ignored.</summary>
    SucceedWithoutResponseHeader,
}
