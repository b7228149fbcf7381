using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Quotas;
using ApiPoc.Redis.Breaker;
using ApiPoc.Redis.Quotas;
using ApiPoc.Resilience.Http;
using ApiPoc.Resilience.Quotas;
using ApiPoc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiPoc.Resilience.Tests;

/// <summary>A process, as far as the shared state can tell, with a throttled client of one API.</summary>
internal sealed class ClientHost : IAsyncDisposable
{
    private readonly IHost _host;

    private ClientHost(IHost host, string apiId)
    {
        (_host, ApiId) = (host, apiId);
        Client = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient(apiId);
    }

    public string ApiId { get; }

    public HttpClient Client { get; }

    public IQuotaEngine Quota => _host.Services.GetRequiredService<IQuotaEngine>();

    public PermitDesk Desk => _host.Services.GetRequiredService<PermitDesks>()[ApiId];

    public BreakerGate Breaker => _host.Services.GetRequiredService<BreakerGate>();

    public BreakerTimes Times => BreakerTimes.Of(_host.Services.GetRequiredService<IOptions<ApisOptions>>().Value[ApiId]);

    public static string NewApiId() => $"API_{Guid.NewGuid():N}";

    /// <summary>Starts one; settings below the API are given as <c>Api:…</c>.</summary>
    public static async Task<ClientHost> StartAsync(
        RedisServer redis, string apiId, string url, Action<ThrottledHttpClientOptions>? configure = null, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        (string Key, string Value)[] defaults =
        [
            ("ConnectionStrings:redis", redis.ConnectionString), ("QuotaStore:Budget", "00:00:05"), ("BreakerStore:Budget", "00:00:05"),
            ("Api:BaseAddress", url), ("Api:ApiKey", "SECRET-API-KEY"), ("Api:HealthPath", ""),
        ];
        var configured = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (key, value) in defaults.Concat(settings))
            configured[key.Replace("Api:", $"Apis:{apiId}:", StringComparison.Ordinal)] = value;
        builder.Configuration.AddInMemoryCollection(configured);
        builder.Logging.ClearProviders();
        builder.Services.AddMetrics();
        builder.AddRedisClient("redis");
        builder.AddBreaker();
        builder.AddQuotaEngine();
        builder.Services.AddThrottledHttpClient(apiId, configure);

        var host = builder.Build();
        await host.StartAsync();
        return new(host, apiId);
    }

    /// <summary>The settings of one declared limit.</summary>
    public static (string Key, string Value)[] Limit(int count, string period, string appliesTo = "**") =>
    [
        ("Api:Limits:0:Name", "limit"), ("Api:Limits:0:Count", $"{count}"), ("Api:Limits:0:Period", period),
        ("Api:Limits:0:AppliesTo", appliesTo), ("Api:Limits:0:Shape", "Window"),
    ];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync(); // the blocking way would hold the thread its subscriptions' ends need
    }
}
