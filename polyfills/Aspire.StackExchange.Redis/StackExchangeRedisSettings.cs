namespace Aspire.StackExchange.Redis;

/// <summary>How <c>AddRedisClient</c> connects.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary><c>host:port</c> and StackExchange.Redis's keywords.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Registers no health check; default false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Has no effect here: StackExchange.Redis 1.2.6 cannot be traced from outside (polyfills/README.md).</summary>
    public bool DisableTracing { get; set; }
}
