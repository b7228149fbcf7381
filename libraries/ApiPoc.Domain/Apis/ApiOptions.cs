using System.ComponentModel.DataAnnotations;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Domain.Apis;

/// <summary>Configuration section <c>Apis</c>: every external API the consumer may call, by <c>api_id</c>.</summary>
public sealed class ApisOptions : Dictionary<string, ApiOptions>
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Apis";

    /// <summary>Creates an empty set; ids are compared by case.</summary>
    public ApisOptions() : base(StringComparer.Ordinal)
    {
    }
}

/// <summary>What the consumer is told of one external API. It needs nothing else: no knowledge of who answers is built in.</summary>
public sealed class ApiOptions
{
    /// <summary>Where the API is; <c>resource</c> of a job is appended. An <c>http</c> or <c>https</c> address without query.</summary>
    [Required]
    public Uri? BaseAddress { get; set; }

    /// <summary>The API key to send; empty sends none. A secret: never logged.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The header the key is sent in; default <c>x-api-key</c>.</summary>
    [Required]
    public string ApiKeyHeader { get; set; } = "x-api-key";

    /// <summary>
    /// The path of a call that costs no quota and answers 2xx when the API would serve us again; empty when there is none:
    /// then a real job is the probe.
    /// </summary>
    public string HealthPath { get; set; } = "";

    /// <summary>The total time one call may take, headers and body; 100 ms to 5 min, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a job may fail before it is dead-lettered; 1 to 100, default 3. Throttled attempts are not failures.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>What is known of the API's limits; may be empty or wrong.</summary>
    public List<DeclaredLimit> Limits { get; init; } = [];

    /// <summary>Which response headers to believe, in the order given; default all.</summary>
    public QuotaHeaderTrust TrustHeaders { get; set; } = QuotaHeaderTrust.All;

    /// <summary>How tenants share the quota: each one's weight, above 0; a tenant not named weighs 1.</summary>
    public Dictionary<string, double> TenantWeights { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What a 429 does; default <see cref="ThrottlePolicy.ClosedUntil"/>.</summary>
    public ThrottlePolicy OnThrottle { get; set; } = ThrottlePolicy.ClosedUntil;

    /// <summary>
    /// How long 429s must close the API, those that prolong it together, for an event to be published; 0 to 1 day, default 5 s. Shorter closings, as an API
    /// with a window of a second meets now and then, are counted and traced only. Without effect where a 429 opens the breaker, which has events of its own.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan TellClosingsFrom { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How the breaker opens and closes.</summary>
    [Required]
    public ApiBreakerOptions Breaker { get; set; } = new();
}

/// <summary>The headers a consumer may believe.</summary>
[Flags]
public enum QuotaHeaderTrust
{
    /// <summary>None: only status codes teach.</summary>
    None = 0,

    /// <summary><c>Retry-After</c> (RFC 9110).</summary>
    RetryAfter = 1,

    /// <summary><c>X-RateLimit-Limit/-Remaining/-Reset</c>.</summary>
    XRateLimit = 2,

    /// <summary><c>RateLimit</c> and <c>RateLimit-Policy</c> (draft-ietf-httpapi-ratelimit-headers).</summary>
    RateLimit = 4,

    /// <summary>All of them.</summary>
    All = RetryAfter | XRateLimit | RateLimit,
}

/// <summary>What a 429 does to the API's key.</summary>
public enum ThrottlePolicy
{
    /// <summary>The key is closed for everybody until the time the API gave; the breaker is left to real failures.</summary>
    ClosedUntil,

    /// <summary>The original's semantics: a 429 opens the breaker, a health check closes it.</summary>
    BreakerOn429,
}

/// <summary>When an API's breaker opens and how it is probed.</summary>
public sealed class ApiBreakerOptions
{
    /// <summary>How long it stays open before each probe, unless the API asked for longer; 100 ms to 1 h, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Failed calls (5xx, time-outs, no connection) within <see cref="SamplingWindow"/> that open it; 1 to 10,000, default 5.</summary>
    [Range(1, 10_000)]
    public int FailureThreshold { get; set; } = 5;

    /// <summary>The share of calls that must have failed as well; above 0 to 1, default 0.5.</summary>
    [Range(0.01, 1.0)]
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>The time over which failures are counted; 1 s to 10 min, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SamplingWindow { get; set; } = TimeSpan.FromSeconds(10);
}
