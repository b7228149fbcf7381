using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Quotas;
using ApiPoc.Redis.Quotas;
using ApiPoc.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ApiPoc.Redis.Tests.Quotas;

/// <summary>Tests of processes that share the quota of one API.</summary>
public abstract class OneQuotaTests(RedisFixture redis) : IClassFixture<RedisFixture>, IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _gates = [];

    private protected RedisFixture Redis { get; } = redis;

    private protected string Api { get; } = $"API_{Guid.NewGuid():N}";

    public async ValueTask DisposeAsync()
    {
        foreach (var gate in _gates) await gate.DisposeAsync();
        Meters.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static PermitRequest[] Requests(int count, string tenant = "") =>
        [.. Enumerable.Range(0, count).Select(job => new PermitRequest($"job-{job}", "items", tenant))];

    private protected async Task<int> AskAndAnswerAsync(RedisQuotaEngine engine, int jobs, string tenant = "")
    {
        var grant = await engine.AskAsync(Api, Requests(jobs, tenant), default);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var permit in grant.Permits)
            await engine.ReportAsync(Api, new CallReport(permit.Id, "items", now, now.AddMilliseconds(5), 200, QuotaHeaders.None), default);
        await engine.WaitForChangeAsync(Api, TimeSpan.FromMilliseconds(40), default);
        return grant.Permits.Count;
    }

    /// <summary>What the processes have published.</summary>
    private protected RecordedEvents Events { get; } = new();

    /// <summary>What the processes have measured.</summary>
    private protected RecordedMeters Meters { get; } = new();

    private protected (RedisQuotaEngine Engine, QuotaGate Gate) Engine(long? limit = 30, ThrottlePolicy onThrottle = ThrottlePolicy.ClosedUntil) =>
        Engine(limit is { } count ? [Hourly("hourly", count)] : [], onThrottle);

    private protected static DeclaredLimit Hourly(string name, long count) => new() { Name = name, Count = count, Period = TimeSpan.FromHours(1), Shape = LimitShape.Window };

    private protected (RedisQuotaEngine Engine, QuotaGate Gate) Engine(List<DeclaredLimit> limits, ThrottlePolicy onThrottle = ThrottlePolicy.ClosedUntil)
    {
        var api = new ApiOptions { OnThrottle = onThrottle, Limits = limits };
        var options = Options.Create(new QuotaStoreOptions { Budget = TimeSpan.FromSeconds(10) });
        var store = new QuotaStore(Redis.Connection, TimeProvider.System, options);
        var metrics = new ClosingMetrics(Meters, store.Clock);
        var gate = new QuotaGate(Redis.Connection, store, metrics);
        _gates.Add(gate);
        var apis = Options.Create(new ApisOptions { [Api] = api });
        var quotas = new SharedQuotas(store, apis, new ClosingAnnouncer(metrics, NullLogger<ClosingAnnouncer>.Instance, Events));
        return (new RedisQuotaEngine(store, quotas, TimeProvider.System, options, gate, NullLogger<RedisQuotaEngine>.Instance), gate);
    }
}
