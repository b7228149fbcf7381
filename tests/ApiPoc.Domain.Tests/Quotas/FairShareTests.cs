using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Domain.Tests.Quotas;

public sealed class FairShareTests
{
    private const long Window = 1_000_000;
    private const long Start = 1_000 * Window;

    private static readonly Dictionary<string, double> Weights = new(StringComparer.Ordinal) { ["gold"] = 3, ["bulk"] = 1 };

    [Fact]
    public void WhoseJobsComeALittleLater_GetsBackWhatItLentInThisWindow()
    {
        var shares = new FairShare();
        var first = Grant(shares, Start, grants: 10, gold: 5, bulk: 5);
        var then = Grant(shares, Start + 5_000, grants: 18, gold: 50, bulk: 50);

        Assert.Equal(5, first.Gold);
        Assert.Equal(21, first.Gold + then.Gold);
        Assert.Equal(7, first.Bulk + then.Bulk);
    }

    [Fact]
    public void WhatWasLentInAnEarlierWindow_IsNotOwed()
    {
        var shares = new FairShare();
        Grant(shares, Start, grants: 100, gold: 0, bulk: 100);
        Grant(shares, Start + Window, grants: 1, gold: 0, bulk: 1);

        var then = Grant(shares, Start + Window + 1, grants: 40, gold: 100, bulk: 100);

        Assert.InRange(then.Bulk, 9, 10);
    }

    [Fact]
    public void LongWindow_LendsForAMinute()
    {
        const long Day = 86_400_000_000;
        var shares = new FairShare();
        Grant(shares, Start, grants: 100, gold: 0, bulk: 100, Day);

        var then = Grant(shares, Start + FairShare.LongestLoan, grants: 40, gold: 100, bulk: 100, Day);

        Assert.InRange(then.Bulk, 9, 10);
    }

    private static (int Gold, int Bulk) Grant(FairShare shares, long now, int grants, int gold, int bulk, long window = Window)
    {
        string[] jobs = [.. Enumerable.Repeat("bulk", bulk), .. Enumerable.Repeat("gold", gold)];
        shares.Advance(now, window);
        var granted = shares.Order(jobs, Weights).Take(grants).Select(index => jobs[index]).ToList();
        foreach (var tenant in granted) shares.Granted(tenant, Weights);
        return (granted.Count(tenant => tenant == "gold"), granted.Count(tenant => tenant == "bulk"));
    }
}
