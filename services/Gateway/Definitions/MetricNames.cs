namespace ApiPoc.Gateway.Definitions;

/// <summary>The metrics of one API or stage, as Amazon CloudWatch names them, and two of our own.</summary>
internal static class MetricNames
{
    public const string Count = "Count";
    public const string ClientErrors = "4XXError";
    public const string ServerErrors = "5XXError";
    public const string Latency = "Latency";
    public const string IntegrationLatency = "IntegrationLatency";
    public const string CacheHitCount = "CacheHitCount";
    public const string CacheMissCount = "CacheMissCount";

    /// <summary>Ours: requests answered with 429, which AWS shows only inside 4XXError.</summary>
    public const string Throttled = "Throttled";

    /// <summary>Ours: requests refused because the back end's concurrency was used up.</summary>
    public const string IntegrationThrottled = "IntegrationThrottled";

    /// <summary>Every name.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Count, ClientErrors, ServerErrors, Latency, IntegrationLatency, CacheHitCount, CacheMissCount, Throttled, IntegrationThrottled];
}
