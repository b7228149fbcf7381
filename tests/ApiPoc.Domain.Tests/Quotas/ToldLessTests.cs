using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>Headers told 50 a second; then the API allows 25, and its first refusal is known before the answers that tell so.</summary>
public sealed class ToldLessTests
{
    private const long Second = 1_000_000;
    private const long Latency = 30_000;
    private readonly QuotaRules _rules = new([new ResourcePattern("**")], new Dictionary<string, double>(StringComparer.Ordinal));
    private readonly QuotaState _state = QuotaState.Create([new DeclaredLimit { Name = "api", Count = 50, Period = TimeSpan.FromSeconds(1) }]);
    private long _now = 1_000 * Second;

    [Fact]
    public void ARefusalBeforeTheAnswers_HoldsTheRestBackUntilTheyAreKnown()
    {
        var burst = BurstAfterFullWindows();

        var until = Refuse(burst[25]);

        Assert.InRange(until ?? 0, burst[25].Moment + (Second / 10), burst[25].Moment + Second);
    }

    [Fact]
    public void ARefusalAfterAnAnswerThatTellsLess_ClosesUntilTheWindowEnds()
    {
        var burst = BurstAfterFullWindows();
        Accept(burst[0], limit: 25, remaining: 24);

        var until = Refuse(burst[25]);

        Assert.InRange(until ?? 0, burst[0].Moment + Second, burst[0].Moment + Second + (2 * Latency));
    }

    private List<QuotaGrant> BurstAfterFullWindows()
    {
        for (var window = 0; window < 3; window++)
        {
            for (var used = 0; used < 50;)
            {
                var grants = Ask(50 - used);
                foreach (var grant in grants) Accept(grant, limit: 50, remaining: 50 - ++used);
                _now = Math.Max(_now, grants.Select(grant => grant.Moment).DefaultIfEmpty(_now).Max()) + Latency;
            }
        }

        List<QuotaGrant> burst = [];
        for (; burst.Count < 30; _now += 2_000) burst.AddRange(Ask(50));
        return burst;
    }

    private List<QuotaGrant> Ask(int count) =>
        [.. _rules.Ask(_state, [.. Enumerable.Range(0, count).Select(number => new PermitRequest($"{number}", "items", ""))], _now).Grants];

    private void Accept(QuotaGrant grant, long limit, long remaining) =>
        QuotaRules.Report(_state, new QuotaReport(grant.PermitId, grant.Moment, grant.Moment + Latency, 200, new QuotaHeaders(limit, null, remaining, null, null)));

    private long? Refuse(QuotaGrant grant) =>
        QuotaRules.Report(_state, new QuotaReport(grant.PermitId, grant.Moment, grant.Moment + 2_000, 429, QuotaHeaders.None));
}
