using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>
/// Told 50 a second, the API allows 40 by the clock. Permits granted before the first refusal are held back over the closing and used when the
/// next window has opened.
/// </summary>
public sealed class HeldBackTests
{
    private const long WindowOpens = 1_001_000_000;
    private const long Latency = 30_000;
    private readonly QuotaRules _rules = new([new ResourcePattern("**")], new Dictionary<string, double>(StringComparer.Ordinal));
    private readonly QuotaState _state = QuotaState.Create([new DeclaredLimit { Name = "api", Count = 50, Period = TimeSpan.FromSeconds(1) }]);
    private long _now = WindowOpens - 600_000;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void CallsHeldBackOverAClosing_AreCountedInTheWindowTheyLeftIn(int held)
    {
        for (var accepted = 0; accepted < 40;)
            accepted += AnswerAll(Ask(Math.Min(6, 40 - accepted)));
        var last = Ask(held + 1);
        Assert.Equal(held + 1, last.Count);
        QuotaRules.Report(_state, new QuotaReport(last[0].PermitId, _now, _now + 2_000, 429, QuotaHeaders.None));

        _now = WindowOpens + 12_000;
        AnswerAll(last[1..]);

        Assert.Equal(40 - held, UntilTheNextWindow());
        Assert.Equal(40, _state.Limits[0].Size);
    }

    /// <summary>How many calls are granted until the window ends.</summary>
    private int UntilTheNextWindow()
    {
        var granted = 0;
        for (; _now < WindowOpens + 1_000_000 - Latency; _now += 2_000)
        {
            var grants = Ask(50);
            granted += grants.Count(grant => grant.Moment < WindowOpens + 1_000_000);
            AnswerAll(grants);
        }

        return granted;
    }

    private List<QuotaGrant> Ask(int count) => [.. _rules.Ask(_state, [.. Enumerable.Range(0, count).Select(number => new PermitRequest($"{number}", "items", ""))], _now).Grants];

    private int AnswerAll(IReadOnlyList<QuotaGrant> grants)
    {
        foreach (var grant in grants)
        {
            var sentAt = Math.Max(_now, grant.Moment);
            QuotaRules.Report(_state, new QuotaReport(grant.PermitId, sentAt, sentAt + Latency, 200, QuotaHeaders.None));
        }

        _now = Math.Max(_now, grants.Select(grant => grant.Moment).DefaultIfEmpty(_now).Max()) + Latency;
        return grants.Count;
    }
}
