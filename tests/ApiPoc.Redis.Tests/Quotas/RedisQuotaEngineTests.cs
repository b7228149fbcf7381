using ApiPoc.Domain.Quotas;
using ApiPoc.Redis.Quotas;
using ApiPoc.Testing;

namespace ApiPoc.Redis.Tests.Quotas;

public sealed class RedisQuotaEngineTests(RedisFixture redis) : OneQuotaTests(redis)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Ask_TwoProcessesOneQuota_NeverGrantMoreThanOneWindowHolds()
    {
        var (first, _) = Engine();
        var (second, _) = Engine();
        var granted = 0;

        for (var round = 0; round < 8; round++)
            foreach (var engine in new[] { first, second })
                granted += await AskAndAnswerAsync(engine, 20);

        Assert.Equal(30, granted);
    }

    [Fact]
    public async Task Return_UnsentPermits_AreGrantedAgain()
    {
        var (engine, _) = Engine();
        while (await AskAndAnswerAsync(engine, 12) > 0)
        {
            // Use the window up to its last permits, which are then given back instead.
        }

        var (other, _) = Engine();
        var last = await other.AskAsync(Api, Requests(1), default);
        Assert.Empty(last.Permits);
        Assert.Equal("hourly", last.WaitingFor);
        Assert.InRange(last.AskAgainAfter, TimeSpan.FromMinutes(55), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Ask_UndeclaredLimitThatRefused_LetsOneCallAtATimeAsk()
    {
        var (engine, _) = Engine(limit: null);
        var first = await engine.AskAsync(Api, Requests(2), default);
        foreach (var permit in first.Permits) await ReportAsync(engine, permit, 429);

        // What was learned has been to Redis and back, in this process and in another.
        var (other, _) = Engine(limit: null);
        foreach (var asker in new[] { engine, other, engine })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            var probe = await asker.AskAsync(Api, Requests(10), default);
            Assert.Single(probe.Permits);
            await ReportAsync(asker, probe.Permits[0], 429);
        }
    }

    [Fact]
    public void State_OfAnOlderVersion_IsReadWithoutWhatIsNoLongerKept()
    {
        const string older = """{"Version":7,"Limits":[{"Name":"minute","Size":120,"Period":60000000,"LastRefusedAt":5,"Shape":1}],"Answered":3}""";

        var state = QuotaStateJson.Read(older)!;

        Assert.Equal((7, 3, "minute", 120), (state.Version, state.Answered, state.Limits[0].Name, state.Limits[0].Size));
        Assert.Equal(QuotaStateJson.Write(state), QuotaStateJson.Write(QuotaStateJson.Read(QuotaStateJson.Write(state))!));
    }

    [Fact]
    public async Task Report_Refusal_ClosesTheGateOfEveryProcess()
    {
        var (engine, _) = Engine();
        var (_, gate) = Engine();
        await gate.ListenAsync(default);
        var grant = await engine.AskAsync(Api, Requests(1), default);

        var now = TimeProvider.System.GetUtcNow();
        var refusal = new CallReport(grant.Permits[0].Id, "items", now, now, 429, QuotaHeaders.None with { RetryAfter = TimeSpan.FromSeconds(40) });
        await engine.ReportAsync(Api, refusal, default);

        using var patience = new CancellationTokenSource(Patience);
        while (gate.ClosedFor(Api, "") == TimeSpan.Zero) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        Assert.InRange(gate.ClosedFor(Api, ""), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(41));
        Assert.Empty((await engine.AskAsync(Api, Requests(1), default)).Permits);
    }

    [Fact]
    public async Task Hold_AnybodyMet429_EveryProcessWaitsAMoment()
    {
        var (_, here) = Engine();
        var (_, there) = Engine();
        await there.ListenAsync(default);

        // Told again and again: on a busy machine a single moment may be over before it is looked at.
        var moment = TimeSpan.Zero;
        await Eventually.IsTrueAsync(
            async () =>
            {
                await here.HoldAsync(Api);
                return (moment = here.ClosedFor(Api, "")) > TimeSpan.Zero;
            },
            "this process waits");
        Assert.InRange(moment, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1));
        await Eventually.IsTrueAsync(
            async () =>
            {
                await here.HoldAsync(Api);
                return there.ClosedFor(Api, "") > TimeSpan.Zero;
            },
            "the other process hears of it");
        await Eventually.IsTrueAsync(() => there.ClosedFor(Api, "") == TimeSpan.Zero, "a moment passes");
    }

    [Fact]
    public async Task Hold_EndsWithTheVerdict_EvenOnAClosingThatLasts()
    {
        var (engine, _) = Engine();
        var (_, there) = Engine();
        await there.ListenAsync(default);
        var grant = await engine.AskAsync(Api, Requests(1), default);

        await there.HoldAsync(Api);
        await ReportAsync(engine, grant.Permits[0], 429);
        await Eventually.IsTrueAsync(() => there.ClosedFor(Api, "") > TimeSpan.FromSeconds(1), "the verdict closes the API for longer than a hold");

        var (open, other) = (Guid.NewGuid().ToString("N"), Engine().Gate);
        await Eventually.IsTrueAsync(
            async () =>
            {
                await there.HoldAsync(open);
                await other.ReleaseAsync(open);
                return there.ClosedFor(open, "") == TimeSpan.Zero;
            },
            "a release ends the hold of others");
    }

    [Fact]
    public async Task Ask_NothingToGrant_CostsNoRoundTrip()
    {
        var (engine, _) = Engine();
        while (await AskAndAnswerAsync(engine, 12) > 0)
        {
            // Use the window up.
        }

        await engine.AskAsync(Api, Requests(5), default);
        var before = await CommandsAsync();
        for (var ask = 0; ask < 50; ask++) await engine.AskAsync(Api, Requests(5), default);
        Assert.InRange(await CommandsAsync() - before, 0, 5);
    }

    private async Task ReportAsync(RedisQuotaEngine engine, Permit permit, int status)
    {
        var now = TimeProvider.System.GetUtcNow();
        await engine.ReportAsync(Api, new CallReport(permit.Id, "items", now, now, status, QuotaHeaders.None), default);
    }

    private async Task<long> CommandsAsync()
    {
        var stats = (string?)await Redis.Connection.GetDatabase().ExecuteAsync("INFO", "commandstats");
        return stats!.Split('\n').Where(line => line.Contains("evalsha", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split(["calls=", ","], StringSplitOptions.None)[1]));
    }
}
