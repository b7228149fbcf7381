using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>An API that lets everybody 50 calls a minute through, and acme 5 of them.</summary>
public sealed class TenantLimitTests
{
    private const long Second = 1_000_000;
    private const long Start = 1_000 * Second;

    private static readonly DeclaredLimit Everybodys = new() { Name = "api", Count = 50, Period = TimeSpan.FromMinutes(1), Shape = LimitShape.Window };
    private static readonly DeclaredLimit Acmes = new() { Name = "acme", Tenant = "acme", Count = 5, Period = TimeSpan.FromMinutes(1), Shape = LimitShape.Window };
    private static readonly Dictionary<string, double> Equal = new(StringComparer.Ordinal);

    private QuotaRules _rules = new([new("**"), new("**")], Equal);
    private QuotaState _state = QuotaState.Create([Everybodys, Acmes]);
    private long _now = Start;

    [Fact]
    public void UsedUp_ItsTenantWaitsByName_OthersAreGrantedPastIt()
    {
        Assert.Equal(5, Drain("acme", 20));

        var answer = Ask("acme", "acme", "", "others");

        Assert.Equal([2, 3], answer.Grants.Select(grant => grant.Request).Order());
        Assert.All(answer.Waits, wait => Assert.Equal(("acme", true), (wait.For, wait.IsTenantsOwn)));
        Assert.InRange(answer.AskAgainAt, Start + (59 * Second), Start + (61 * Second));
    }

    [Fact]
    public void Everybodys_HoldsForItsTenantToo()
    {
        Assert.Equal(50, Drain("others", 60));

        var wait = Assert.Single(Ask("acme").Waits);

        Assert.Equal(("api", false), (wait.For, wait.IsTenantsOwn));
    }

    [Fact]
    public void Refused_ClosesTheApiToItsTenantAlone_UntilItsTime()
    {
        var permits = Ask("acme", "others").Grants;

        // Within the last second that Retry-After is rounded up by, what was learned is better.
        Assert.Equal(new KeyClosing("acme", Start + (39 * Second)), Answer(permits.Single(permit => permit.Request == 0), 429, TimeSpan.FromSeconds(40)));
        _now = Start + Second;

        var answer = Ask("acme", "others");
        Assert.Equal([1], answer.Grants.Select(grant => grant.Request));
        Assert.Equal(("acme: closed by 429", true), (answer.Waits[0].For, answer.Waits[0].IsTenantsOwn));
        Assert.Null(_state.Closing);
        _now = Start + (61 * Second);
        Assert.Single(Ask("acme").Grants);
        Assert.Empty(_state.ClosedTenants);
    }

    [Fact]
    public void Refused_AnotherTenant_ClosesTheApiToAll()
    {
        var first = Ask("acme", "others");
        Assert.Equal("", first.WaitingFor);
        var permits = first.Grants;

        Assert.Null(Answer(permits.Single(permit => permit.Request == 1), 429, TimeSpan.FromSeconds(40))?.Tenant);
        _now = Start + Second;

        Assert.All(Ask("acme", "others").Waits, wait => Assert.Equal(("api: closed by 429", false), (wait.For, wait.IsTenantsOwn)));
    }

    [Fact]
    public void Refused_LearnsItsSizeAndNotEverybodys()
    {
        for (var accepted = 0; accepted < 3; accepted++) Answer(Assert.Single(Ask("acme").Grants), 200);

        Answer(Assert.Single(Ask("acme").Grants), 429);

        Assert.Equal([50, 3], _state.Limits.Select(limit => limit.Size));
    }

    [Fact]
    public void MoreLimitsThanOthers_GiveATenantNoMoreThanItsShare()
    {
        var (first, second) = (Everybodys with { Count = 8 }, Acmes with { Count = 8 });
        _state = QuotaState.Create([first, second]);

        var granted = Ask([.. Enumerable.Repeat("others", 8), .. Enumerable.Repeat("acme", 8)]).Grants.Select(grant => grant.Request < 8 ? "others" : "acme").ToList();

        Assert.InRange(granted.Count(tenant => tenant == "acme") - granted.Count(tenant => tenant == "others"), -1, 1);
    }

    [Fact]
    public void TenantsAlone_LeaveALimitOfEverybodysToBeLearned()
    {
        _rules = new([new("**")], Equal);
        _state = QuotaState.Create([Acmes]);

        Assert.Equal(["acme", "learned"], _state.Limits.Select(limit => limit.Name));
        Assert.Equal(QuotaState.CountOf([Acmes]), _state.Limits.Count);
        Assert.NotEmpty(Ask("others", "acme").Grants);
    }

    [Fact]
    public void Refused_UnderNoDeclaredLimit_ClosesTheApi()
    {
        _rules = new([new("items/part")], Equal);
        _state = QuotaState.Create([Everybodys]);
        var permit = Assert.Single(Ask("others").Grants);

        Assert.Equal(new KeyClosing(null, Start + (7 * Second)), Answer(permit, 429, TimeSpan.FromSeconds(7)));
    }

    [Fact]
    public void Declaration_TellsTenantsApart() =>
        Assert.NotEqual(QuotaState.Declaration([Acmes]), QuotaState.Declaration([Acmes with { Tenant = "other" }]));

    private QuotaAnswer Ask(params string[] tenants) =>
        _rules.Ask(_state, [.. tenants.Select((tenant, number) => new PermitRequest($"{number}", "items", tenant))], _now);

    /// <summary>How many of a tenant's calls are granted, each ask's being accepted.</summary>
    private int Drain(string tenant, int asks)
    {
        var granted = 0;
        for (; asks > 0; asks--, _now += 50_000)
        {
            var grants = Ask(tenant, tenant, tenant).Grants;
            foreach (var grant in grants) Answer(grant, 200);
            granted += grants.Count;
        }

        return granted;
    }

    private KeyClosing? Answer(QuotaGrant grant, int status, TimeSpan? retryAfter = null) =>
        QuotaRules.Report(_state, new QuotaReport(grant.PermitId, grant.Moment, Math.Max(_now, grant.Moment), status, QuotaHeaders.None with { RetryAfter = retryAfter }));
}
