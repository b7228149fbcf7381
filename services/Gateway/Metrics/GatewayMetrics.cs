using System.Diagnostics;
using System.Diagnostics.Metrics;
using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Metrics;

/// <summary>
/// Amazon API Gateway's seven metrics, with its dimensions: ApiName and Stage, and Method and Resource for methods that ask for it.
/// Names begin with a letter, as OpenTelemetry demands; docs/gateway.md has the table of AWS's own names.
/// </summary>
internal sealed class GatewayMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "ApiPoc.Gateway";

    private readonly Counter<long> _count;
    private readonly Counter<long> _clientErrors;
    private readonly Counter<long> _serverErrors;
    private readonly Counter<long> _cacheHits;
    private readonly Counter<long> _cacheMisses;
    private readonly Histogram<double> _latency;
    private readonly Histogram<double> _integrationLatency;

    /// <summary>Creates the instruments.</summary>
    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _count = meter.CreateCounter<long>("apipoc.gateway.count", "{request}", "Requests (AWS: Count).");
        _clientErrors = meter.CreateCounter<long>("apipoc.gateway.client_errors", "{request}", "Requests answered with 4xx (AWS: 4XXError).");
        _serverErrors = meter.CreateCounter<long>("apipoc.gateway.server_errors", "{request}", "Requests answered with 5xx (AWS: 5XXError).");
        _cacheHits = meter.CreateCounter<long>("apipoc.gateway.cache_hits", "{request}", "Requests answered from the cache (AWS: CacheHitCount).");
        _cacheMisses = meter.CreateCounter<long>("apipoc.gateway.cache_misses", "{request}", "Requests the cache did not have (AWS: CacheMissCount).");
        _latency = meter.CreateHistogram<double>("apipoc.gateway.latency", "s", "From the request to the end of its answer (AWS: Latency).");
        _integrationLatency = meter.CreateHistogram<double>("apipoc.gateway.integration_latency", "s", "From asking the back end to its answer (AWS: IntegrationLatency).");
    }

    /// <summary>A call has ended.</summary>
    public void Ended(GatewayCall call, TimeSpan latency)
    {
        // Without a stage it was nobody's.
        if (call.Stage is not { } stage)
            return;
        var tags = new TagList { { "ApiName", stage.ApiName }, { "Stage", stage.Name } };
        if (call.Method is { Setting.MetricsEnabled: true } method)
        {
            tags.Add("Method", method.HttpMethod);
            tags.Add("Resource", method.ResourcePath);
        }
        _count.Add(1, tags);
        switch (call.Response.StatusCode)
        {
            case >= 500:
                _serverErrors.Add(1, tags);
                break;
            case >= 400:
                _clientErrors.Add(1, tags);
                break;
            default:
                break;
        }
        if (call.IsCacheHit is { } isHit)
            (isHit ? _cacheHits : _cacheMisses).Add(1, tags);
        _latency.Record(latency.TotalSeconds, tags);
        if (call.IntegrationLatency is { } integration)
            _integrationLatency.Record(integration.TotalSeconds, tags);
    }
}
