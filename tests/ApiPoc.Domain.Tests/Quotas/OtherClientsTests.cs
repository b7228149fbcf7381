using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>50 a second by the clock, of which other clients take a part as soon as a window has opened; the API's headers tell what is left.</summary>
public sealed class OtherClientsTests
{
    private const long Begin = 1_000_000_000;
    private const long Period = 1_000_000;
    private readonly OneLimit _quota = new(Begin);

    /// <summary>What the others have taken is told by the answer to a window's first call.</summary>
    [Theory]
    [InlineData(25, 25, 25, 24)]
    [InlineData(25, 25, 15, 24)] // they may take ten more
    [InlineData(20, 25, 20, 19)] // where they take now more, now less, they may take still more than ever
    public void TheyTakeAsBefore_WhatThatLeavesIsSentAtOnce(int first, int second, int third, int mostInTheAir)
    {
        Drain(window: 0, first);
        Drain(window: 1, second);

        Assert.Equal(mostInTheAir, Drain(window: 2, third));
    }

    [Fact]
    public void NobodyKnowsWhatTheyTake_HalfOfWhatIsLeftIsSentAtOnce() => Assert.InRange(Drain(window: 0, others: 15), 6, 18);

    /// <summary>The next window's first call is granted before that opens, to leave when it does.</summary>
    [Fact]
    public void ShareUsedUp_TheNextWindowIsOpenedOnTime()
    {
        Drain(window: 0, others: 15);
        Drain(window: 1, others: 15);
        Drain(window: 2, others: 15);

        var first = _quota.Ask(50);
        for (; first.Count == 0; first = _quota.Ask(50)) _quota.Now += 500;

        Assert.Single(first);
        Assert.InRange(first[0].Moment, Begin + (3 * Period), Begin + (3 * Period) + 40_000);
        Assert.InRange(first[0].Moment - _quota.Now, 2_000, 20_000);
    }

    /// <summary>Uses up what others leave of a window.</summary>
    /// <returns>How many calls were in the air at once at most.</returns>
    private int Drain(long window, int others)
    {
        var opened = Begin + (window * Period);
        var left = 50 - others;
        var mostInTheAir = 0;
        List<QuotaGrant> inTheAir = [];
        for (_quota.Now = Math.Max(_quota.Now, opened); left > 0; _quota.Now += 1_000)
        {
            Assert.InRange(_quota.Now, opened, opened + Period);
            foreach (var grant in inTheAir.Where(grant => grant.Moment + OneLimit.Latency <= _quota.Now).ToList())
            {
                inTheAir.Remove(grant);
                _quota.Accept(grant, grant.Moment, new QuotaHeaders(50, null, --left, TimeSpan.FromSeconds(1), null));
            }

            inTheAir.AddRange(_quota.Ask(60));
            mostInTheAir = Math.Max(mostInTheAir, inTheAir.Count);
        }

        return mostInTheAir;
    }
}
