using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Alarms;

/// <summary>What a call adds to a metric: errors and hits are 0 or 1, so that their mean is a rate; latencies are in milliseconds.</summary>
internal static class MetricValue
{
    /// <summary>The value of <paramref name="metric"/>; null when the call has none.</summary>
    public static double? Of(string metric, GatewayCall call, TimeSpan latency) => metric switch
    {
        MetricNames.Count => 1,
        MetricNames.ClientErrors => OneIf(call.Response.StatusCode is >= 400 and < 500),
        MetricNames.ServerErrors => OneIf(call.Response.StatusCode >= 500),
        MetricNames.Latency => latency.TotalMilliseconds,
        MetricNames.IntegrationLatency => call.IntegrationLatency?.TotalMilliseconds,
        MetricNames.CacheHitCount => call.IsCacheHit is { } isHit ? OneIf(isHit) : null,
        MetricNames.CacheMissCount => call.IsCacheHit is { } isHit ? OneIf(!isHit) : null,
        MetricNames.Throttled => OneIf(call.Error == call.Errors.Throttled || call.Error == call.Errors.QuotaExceeded),
        MetricNames.IntegrationThrottled => OneIf(call.Error == call.Errors.IntegrationThrottled),
        _ => null,
    };

    private static double OneIf(bool holds) => holds ? 1 : 0;
}
