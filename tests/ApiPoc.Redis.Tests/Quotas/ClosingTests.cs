using System.Diagnostics;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Events;
using ApiPoc.Domain.Quotas;
using ApiPoc.Redis.Quotas;
using ApiPoc.Testing;

namespace ApiPoc.Redis.Tests.Quotas;

/// <summary>Who is told of closings by 429s, over several processes.</summary>
public sealed class ClosingTests(RedisFixture redis) : OneQuotaTests(redis)
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Burst_OverTwoProcesses_IsToldOnce_WithTheTraceOfA429()
    {
        var (first, second) = (Engine().Engine, Engine().Engine);
        var permits = new[] { (first, await TakeAsync(first, 5)), (second, await TakeAsync(second, 5)) };
        var traces = new List<string>();

        await Task.WhenAll(permits.SelectMany(process => process.Item2.Select(permit => RefuseTracedAsync(process.Item1, permit, Long, traces))));

        var closed = Assert.Single(Events.All);
        Assert.Equal((ThrottleEventType.QuotaClosed, Api, "hourly: closed by 429"), (closed.Type, closed.ApiId, closed.Reason));
        Assert.Contains(closed.TraceId, traces);
        Assert.Equal(["closed_for_ms", "limit", "refusals", "until"], closed.Data.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("hourly", closed.Data["limit"]);
        Assert.InRange(long.Parse(closed.Data["closed_for_ms"]), 30_000, 40_000);
        Assert.InRange(DateTimeOffset.Parse(closed.Data["until"]) - closed.Time, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(40.1));
        Assert.Single(Meters.Measurements, measurement => measurement.StartsWith("apipoc.quota.closings 1 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ShortClosing_IsCounted_AndNobodyIsTold()
    {
        var engine = Engine().Engine;

        foreach (var permit in await TakeAsync(engine, 3)) await RefuseAsync(engine, permit, TimeSpan.FromSeconds(1));

        Assert.Empty(Events.All);
        Assert.Contains($"apipoc.quota.closings 1 {{closing}} api_id={Api} limit=hourly", Meters.Measurements);
    }

    [Fact]
    public async Task Closing_OfAnApiWhoseBreakerTellsOf429s_IsNotToldTwice()
    {
        var engine = Engine(onThrottle: ThrottlePolicy.BreakerOn429).Engine;

        await RefuseAsync(engine, (await TakeAsync(engine, 1))[0], Long);

        Assert.Empty(Events.All);
        Assert.Contains($"apipoc.quota.closings 1 {{closing}} api_id={Api} limit=hourly", Meters.Measurements);
    }

    [Fact]
    public async Task Closing_ThatIsOver_IsToldOnce_WithTheTraceOfTheCallThatWasAccepted()
    {
        var (first, second) = (Engine().Engine, Engine().Engine);
        await RefuseAsync(first, (await TakeAsync(first, 1))[0], TimeSpan.FromSeconds(7));
        IReadOnlyList<Permit> permits = [];
        await Eventually.IsTrueAsync(async () => (permits = await TakeAsync(second, 1)).Count > 0, "the closing ends");
        using var call = new Activity("call").SetIdFormat(ActivityIdFormat.W3C).Start();
        await ReportAsync(second, permits[0], 200, QuotaHeaders.None);
        // Whatever is written by now, it is by others: the report has only been handed in.
        Activity.Current = null;

        foreach (var engine in new[] { first, second, first, second }) await AskAndAnswerAsync(engine, 1);

        await Eventually.IsTrueAsync(() => Events.All.Count > 1, "what the call taught is written");
        Assert.Equal([ThrottleEventType.QuotaClosed, ThrottleEventType.QuotaReopened], Events.Types);
        var reopened = Events.All[1];
        Assert.Equal(
            ("a call was accepted", "hourly", "1", call.TraceId.ToHexString()),
            (reopened.Reason, reopened.Data["limit"], reopened.Data["refusals"], reopened.TraceId));
        Assert.Equal(Events.All[0].Data["closed_for_ms"], reopened.Data["closed_for_ms"]);
    }

    [Fact]
    public async Task Look_TellsTheClosingToWhoeverAsks()
    {
        var (engine, _) = Engine();
        var (_, elsewhere) = Engine();
        Assert.Null(await elsewhere.LookAsync(Api, default));
        var permits = await TakeAsync(engine, 2);
        Assert.Null(await elsewhere.LookAsync(Api, default));

        foreach (var permit in permits) await RefuseAsync(engine, permit, Long);

        var closing = (await elsewhere.LookAsync(Api, default))!;
        Assert.Equal(("hourly: closed by 429", 2), (closing.Reason, closing.Refusals));
        Assert.InRange(closing.Left, TimeSpan.FromSeconds(20), Long);
        Assert.InRange(closing.Until - closing.Since, TimeSpan.FromSeconds(30), Long + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Gauge_OfAProcessThatOnlyListens_TellsHowLongItIsClosed()
    {
        var (engine, _) = Engine();
        var (_, listener) = Engine();
        await listener.ListenAsync(default);

        await RefuseAsync(engine, (await TakeAsync(engine, 1))[0], Long);

        await Eventually.IsTrueAsync(() => listener.ClosedFor(Api, "") > TimeSpan.FromSeconds(1), "the notice arrives");
        Meters.Observe();
        var rests = Meters.Measurements.Where(line => line.StartsWith("apipoc.quota.closed_for ", StringComparison.Ordinal)).Select(line => double.Parse(line.Split(' ')[1])).ToArray();
        Assert.Contains(rests, rest => rest is > 20 and <= 40);
    }

    private async Task<IReadOnlyList<Permit>> TakeAsync(RedisQuotaEngine engine, int count) => (await engine.AskAsync(Api, Requests(count), default)).Permits;

    private async Task RefuseTracedAsync(RedisQuotaEngine engine, Permit permit, TimeSpan retryAfter, List<string> traces)
    {
        using var call = new Activity("call").SetIdFormat(ActivityIdFormat.W3C).Start();
        lock (traces) traces.Add(call.TraceId.ToHexString());
        await RefuseAsync(engine, permit, retryAfter);
    }

    private Task RefuseAsync(RedisQuotaEngine engine, Permit permit, TimeSpan retryAfter) =>
        ReportAsync(engine, permit, 429, QuotaHeaders.None with { RetryAfter = retryAfter });

    private async Task ReportAsync(RedisQuotaEngine engine, Permit permit, int status, QuotaHeaders headers)
    {
        var now = TimeProvider.System.GetUtcNow();
        await engine.ReportAsync(Api, new CallReport(permit.Id, "items", now, now, status, headers), default);
    }
}
