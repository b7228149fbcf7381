using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Domain.Tests.Quotas;

public sealed class RetryAfterTests
{
    private const long Now = 1_000_000_000_000;
    private const long Second = 1_000_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Refused_LongRetryAfter_NothingIsGrantedBeforeItsLastSecond(bool isDeclared)
    {
        var declared = new DeclaredLimit { Name = "api", Count = 50, Period = TimeSpan.FromSeconds(1) };
        var state = QuotaState.Create(isDeclared ? [declared] : []);
        var rules = new QuotaRules(isDeclared ? [new ResourcePattern("**")] : [], new Dictionary<string, double>());
        var grant = rules.Ask(state, [new PermitRequest("one", "items", "")], Now).Grants.Single();

        QuotaRules.Report(state, new QuotaReport(grant.PermitId, Now, Now + 2_000, 429, QuotaHeaders.None with { RetryAfter = TimeSpan.FromSeconds(57) }));

        var early = rules.Ask(state, [new PermitRequest("two", "items", "")], Now + (55 * Second));
        Assert.Empty(early.Grants);
        Assert.InRange(early.AskAgainAt, Now + (55 * Second), Now + (57 * Second));
        Assert.Single(rules.Ask(state, [new PermitRequest("two", "items", "")], Now + (58 * Second)).Grants);
    }
}
