using ApiPoc.Domain.Quotas;
using ApiPoc.Redis.Quotas;
using ApiPoc.Testing;

namespace ApiPoc.Redis.Tests.Quotas;

/// <summary>A limit of one tenant, over several processes.</summary>
public sealed class TenantQuotaTests(RedisFixture redis) : OneQuotaTests(redis)
{
    [Fact]
    public async Task Ask_TwoProcesses_OneTenantsLimit_HoldsItsCallsAndNoOthers()
    {
        var (first, second) = (Acmes(5).Engine, Acmes(5).Engine);

        var (acmes, others) = (0, 0);
        for (var round = 0; round < 20; round++)
        {
            foreach (var engine in new[] { first, second })
            {
                acmes += await AskAndAnswerAsync(engine, 10, "acme");
                others += await AskAndAnswerAsync(engine, 4, "others");
            }
        }

        Assert.Equal((5, 25), (acmes, others));
    }

    [Fact]
    public async Task Ask_AfterATenantWasRefused_TheSameResourceIsGrantedToAnother()
    {
        var engine = Acmes(1).Engine;
        while (await AskAndAnswerAsync(engine, 2, "acme") == 0)
        {
            // Use it up.
        }

        var refused = await engine.AskAsync(Api, Requests(2, "acme"), default);
        var granted = await engine.AskAsync(Api, Requests(1, "others"), default);

        Assert.Empty(refused.Permits);
        Assert.All(refused.Waits, wait => Assert.Equal(("acme's", true), (wait.For, wait.IsTenantsOwn)));
        Assert.InRange(refused.Waits[0].After, TimeSpan.FromMinutes(55), TimeSpan.FromHours(1));
        Assert.Single(granted.Permits);
    }

    [Fact]
    public async Task Report_RefusalOfATenant_ClosesTheGateOfEveryProcessToIt()
    {
        var engine = Acmes(5).Engine;
        var gate = Acmes(5).Gate;
        await gate.ListenAsync(default);
        var permit = Assert.Single((await engine.AskAsync(Api, Requests(1, "acme"), default)).Permits);

        var now = TimeProvider.System.GetUtcNow();
        var headers = QuotaHeaders.None with { RetryAfter = TimeSpan.FromSeconds(40) };
        await engine.ReportAsync(Api, new CallReport(permit.Id, "items", now, now, 429, headers), default);

        await Eventually.IsTrueAsync(() => gate.ClosedFor(Api, "acme") > TimeSpan.FromSeconds(30), "the notice arrives");
        Assert.Equal(TimeSpan.Zero, gate.ClosedFor(Api, "others"));
        Assert.Empty((await engine.AskAsync(Api, Requests(1, "acme"), default)).Permits);
        Assert.Single((await engine.AskAsync(Api, Requests(1, "others"), default)).Permits);
    }

    [Fact]
    public async Task Ask_LimitGivenToAnotherTenant_BeginsAnew()
    {
        var before = Acmes(1).Engine;
        while (await AskAndAnswerAsync(before, 2, "acme") == 0)
        {
            // Use it up.
        }

        var after = Acmes(1, tenant: "others").Engine;

        Assert.Single((await after.AskAsync(Api, Requests(1, "acme"), default)).Permits);
    }

    [Fact]
    public void Notice_IsReadAsItWasWritten()
    {
        var notice = new QuotaNotice("API", 7, 5) { Tenants = new Dictionary<string, long> { ["acme"] = 9, ["Kunde Nr. 7"] = 11 } };

        var read = QuotaNotice.Parse(notice.ToString())!;

        Assert.Equal((notice.ApiId, notice.Version, notice.ClosedUntil), (read.ApiId, read.Version, read.ClosedUntil));
        Assert.Equal(notice.Tenants, read.Tenants);
        Assert.Null(QuotaNotice.Parse("7 5"));
    }

    private (RedisQuotaEngine Engine, QuotaGate Gate) Acmes(long count, string tenant = "acme") =>
        Engine([Hourly("everybody's", 30), Hourly("acme's", count) with { Tenant = tenant }]);
}
