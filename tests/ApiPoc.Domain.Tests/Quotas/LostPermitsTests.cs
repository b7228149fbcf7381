using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>A process takes all permits there are and is never heard of again. Others ask every 2 ms.</summary>
public sealed class LostPermitsTests
{
    private const long Second = 1_000_000;
    private readonly OneLimit _quota = new(1_000_000_000);
    private readonly long _lostAt;

    public LostPermitsTests()
    {
        for (var learned = _quota.Now + (5 * Second); _quota.Now < learned; _quota.Now += 2_000) AnswerAll(_quota.Ask(50));
        _quota.Now += 5 * Second;
        while (_quota.Ask(50).Count > 0) _quota.Now += 2_000;
        _lostAt = _quota.Now;
    }

    [Fact]
    public void OneCallFindsOut_AndThenTheWholeQuotaIsThereAgain()
    {
        var probe = Assert.Single(UntilGranted());
        Assert.InRange(probe.Moment - _lostAt, 2 * Second, 3 * Second);
        AnswerAll([probe]);

        var again = _quota.Now;
        var granted = 0;
        for (; _quota.Now < again + (2 * Second); _quota.Now += 2_000) granted += AnswerAll(_quota.Ask(50));

        Assert.InRange(granted, 50, 100);
    }

    /// <summary>Then it is the API that does not answer: what it has of calls may all be counted yet.</summary>
    [Fact]
    public void WhereThatIsNotAnsweredEither_NoneButSingleCallsFollow()
    {
        var granted = 0;
        for (; _quota.Now < _lostAt + (8 * Second); _quota.Now += 2_000) granted += _quota.Ask(50).Count;

        Assert.InRange(granted, 3, 7);
    }

    private List<QuotaGrant> UntilGranted()
    {
        for (var giveUp = _quota.Now + (20 * Second); _quota.Now < giveUp; _quota.Now += 2_000)
        {
            if (_quota.Ask(50) is { Count: > 0 } grants) return grants;
        }

        return [];
    }

    private int AnswerAll(IReadOnlyList<QuotaGrant> grants)
    {
        foreach (var grant in grants) _quota.Accept(grant, Math.Max(_quota.Now, grant.Moment), QuotaHeaders.None);
        _quota.Await(grants);
        return grants.Count;
    }
}
