using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Quotas;
using ApiPoc.Redis.Quotas;
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
        GC.SuppressFinalize(this);
    }

    private protected static PermitRequest[] Requests(int count) => [.. Enumerable.Range(0, count).Select(job => new PermitRequest($"job-{job}", "items", ""))];

    private protected async Task<int> AskAndAnswerAsync(RedisQuotaEngine engine, int jobs)
    {
        var grant = await engine.AskAsync(Api, Requests(jobs), default);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var permit in grant.Permits)
            await engine.ReportAsync(Api, new CallReport(permit.Id, "items", now, now.AddMilliseconds(5), 200, QuotaHeaders.None), default);
        await engine.WaitForChangeAsync(Api, TimeSpan.FromMilliseconds(40), default);
        return grant.Permits.Count;
    }

    private protected (RedisQuotaEngine Engine, QuotaGate Gate) Engine(long? limit = 30)
    {
        var api = new ApiOptions();
        if (limit is { } count) api.Limits.Add(new DeclaredLimit { Name = "hourly", Count = count, Period = TimeSpan.FromHours(1), Shape = LimitShape.Window });
        var options = Options.Create(new QuotaStoreOptions { Budget = TimeSpan.FromSeconds(10) });
        var store = new QuotaStore(Redis.Connection, TimeProvider.System, options);
        var gate = new QuotaGate(Redis.Connection, store);
        _gates.Add(gate);
        var apis = new ApisOptions { [Api] = api };
        return (new RedisQuotaEngine(store, TimeProvider.System, Options.Create(apis), options, gate, NullLogger<RedisQuotaEngine>.Instance), gate);
    }
}
