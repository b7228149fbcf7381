using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>What leaves of a burst before its first refusal is known is refused as well, for the window has not opened yet; the refusals overtake each other.</summary>
public sealed class EarlyBurstTests
{
    private readonly OneLimit _quota = new(now: 1_000_000_000, LimitShape.Window);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    public void RefusedOutOfOrder_SaysNothingOfTheSize(int heardOfFirst)
    {
        for (var window = 0; window < 4; window++) UseUp();
        var burst = Burst(50);
        Assert.Equal(50, burst.Count);
        var stopped = burst[0].Moment + 14_000; // by then all processes know
        List<QuotaGrant> sent = burst.FindAll(grant => grant.Moment < stopped);

        foreach (var grant in burst[sent.Count..]) _quota.Return(grant);
        foreach (var grant in sent.OrderBy(grant => grant == sent[heardOfFirst - 1] ? 0 : 1)) _quota.Refuse(grant, grant.Moment);
        _quota.Now = stopped;
        var opener = Burst(1);
        _quota.Accept(opener[0], opener[0].Moment, QuotaHeaders.None);

        Assert.Equal(50, _quota.Size);
    }

    /// <summary>Others have used the very first window up.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(12)]
    public void RefusedFromTheFirstCall_SaysNothingOfTheSize(int heardOfFirst)
    {
        var burst = Burst(12);

        foreach (var grant in burst.OrderBy(grant => grant == burst[heardOfFirst - 1] ? 0 : 1)) _quota.Refuse(grant, grant.Moment);
        var probe = Burst(1);
        _quota.Accept(probe[0], probe[0].Moment, QuotaHeaders.None);

        Assert.Equal(50, _quota.Size);
    }

    private void UseUp()
    {
        for (var accepted = 0; accepted < 50;)
        {
            var grants = Burst(1);
            foreach (var grant in grants) _quota.Accept(grant, grant.Moment, QuotaHeaders.None);
            _quota.Await(grants);
            accepted += grants.Count;
        }
    }

    /// <summary>Asks until as many are granted.</summary>
    private List<QuotaGrant> Burst(int count)
    {
        List<QuotaGrant> grants = [];
        for (var until = _quota.Now + 1_500_000; grants.Count < count && _quota.Now < until; _quota.Now += 1_000)
            grants.AddRange(_quota.Ask(50 - grants.Count));
        return grants;
    }
}
