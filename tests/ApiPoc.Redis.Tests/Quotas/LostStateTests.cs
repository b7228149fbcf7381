using System.Globalization;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Quotas;
using ApiPoc.Redis.Quotas;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ApiPoc.Redis.Tests.Quotas;

/// <summary>State that is gone, or that was begun with other settings, is begun anew.</summary>
public sealed class LostStateTests(RedisFixture redis) : IClassFixture<RedisFixture>, IAsyncDisposable
{
    private readonly string _api = $"API_{Guid.NewGuid():N}";
    private readonly List<QuotaGate> _gates = [];

    [Fact]
    public async Task Ask_StoreThatLostItsData_EveryProcessGoesOnWithWhatWasUsed()
    {
        var (first, second) = (Engine(30), Engine(30));
        var granted = 0;
        foreach (var engine in new[] { first, second, second, first, second, first })
            granted += await AskAndAnswerAsync(engine, 2);
        Assert.Equal(12, granted);

        await redis.Connection.GetDatabase().KeyDeleteAsync($"{{{_api}:quota}}");

        for (var round = 0; round < 20; round++)
            foreach (var engine in new[] { first, second })
                granted += await AskAndAnswerAsync(engine, 12);
        Assert.Equal(30, granted);
    }

    [Fact]
    public async Task Ask_StoreThatLostItsDataWhileNobodyRan_BeginsAnew()
    {
        await AskAndAnswerAsync(Engine(30), 2);
        await redis.Connection.GetDatabase().KeyDeleteAsync($"{{{_api}:quota}}");

        var granted = 0;
        var engine = Engine(30);
        for (var round = 0; round < 20; round++)
            granted += await AskAndAnswerAsync(engine, 12);

        Assert.Equal(30, granted);
    }

    [Fact]
    public async Task Report_OfAPermitFromBeforeTheLoss_IsNotTakenForALaterOne()
    {
        var engine = Engine(30);
        var before = (await engine.AskAsync(_api, Requests(1), default)).Permits[0];
        await redis.Connection.GetDatabase().KeyDeleteAsync($"{{{_api}:quota}}");
        var other = Engine(30);
        var after = (await other.AskAsync(_api, Requests(1), default)).Permits[0];

        Assert.True(long.Parse(after.Id, CultureInfo.InvariantCulture) > long.Parse(before.Id, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Ask_LimitDeclaredAnew_IsTakenByTheNextWhoStarts()
    {
        var old = Engine(5);
        while (await AskAndAnswerAsync(old, 5) > 0)
        {
            // Use the old window up.
        }

        var granted = 0;
        var restarted = Engine(30);
        for (var round = 0; round < 20; round++)
            granted += await AskAndAnswerAsync(restarted, 12);

        Assert.Equal(30, granted);
        var another = Engine(30);
        Assert.Empty((await another.AskAsync(_api, Requests(1), default)).Permits);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gate in _gates) await gate.DisposeAsync();
    }

    private static PermitRequest[] Requests(int count) => [.. Enumerable.Range(0, count).Select(job => new PermitRequest($"job-{job}", "items", ""))];

    private async Task<int> AskAndAnswerAsync(RedisQuotaEngine engine, int jobs)
    {
        var grant = await engine.AskAsync(_api, Requests(jobs), default);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var permit in grant.Permits)
            await engine.ReportAsync(_api, new CallReport(permit.Id, "items", now, now.AddMilliseconds(5), 200, QuotaHeaders.None), default);
        await engine.WaitForChangeAsync(_api, TimeSpan.FromMilliseconds(40), default);
        return grant.Permits.Count;
    }

    private RedisQuotaEngine Engine(long limit)
    {
        var api = new ApiOptions();
        api.Limits.Add(new DeclaredLimit { Name = "hourly", Count = limit, Period = TimeSpan.FromHours(1), Shape = LimitShape.Window });
        var options = Options.Create(new QuotaStoreOptions { Budget = TimeSpan.FromSeconds(10) });
        var store = new QuotaStore(redis.Connection, TimeProvider.System, options);
        var gate = new QuotaGate(redis.Connection, store);
        _gates.Add(gate);
        return new RedisQuotaEngine(
            store, TimeProvider.System, Options.Create(new ApisOptions { [_api] = api }), options, gate, NullLogger<RedisQuotaEngine>.Instance);
    }
}
