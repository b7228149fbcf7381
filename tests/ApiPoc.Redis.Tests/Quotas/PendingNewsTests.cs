using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;
using ApiPoc.Redis.Quotas;

namespace ApiPoc.Redis.Tests.Quotas;

public sealed class PendingNewsTests
{
    private const long AtMost = 200_000;
    private readonly PendingNews _news = new();

    [Fact]
    public void Report_BeforeAnyStateIsKnown_IsDueAtOnce()
    {
        Assert.Equal(0, _news.Add(Report(1), now: 0, AtMost));
        Assert.True(_news.IsDue(0));
    }

    [Fact]
    public void Report_FurtherCallsWaitForIt_IsKeptForAQuarterOfACall_AndTheLastNotAtAll()
    {
        var state = HeldBack(out var permits);
        _news.Follow(state, PendingNewsView.Empty);

        Assert.True(_news.IsHeldBack);
        foreach (var permit in permits.SkipLast(1))
            Assert.Equal(state.Latency / 4, _news.Add(Report(permit), now: 0, AtMost));
        Assert.False(_news.IsDue((state.Latency / 4) - 1));
        Assert.True(_news.IsDue(state.Latency / 4));
        Assert.Equal(0, _news.Add(Report(permits[^1]), now: 0, AtMost));
    }

    [Fact]
    public void Report_WhenAStateIsFollowed_ThoseItDoesNotKnowAreAwaitedNoMore()
    {
        var state = HeldBack(out var permits);
        foreach (var permit in permits.SkipLast(1))
            _news.Add(Report(permit), now: 0, AtMost);

        _news.Follow(state, PendingNewsView.Empty);

        Assert.Equal(0, _news.Add(Report(permits[^1]), now: 0, AtMost));
    }

    [Fact]
    public void Report_NobodyWaits_IsKeptNoLongerThanAllowed()
    {
        var state = QuotaState.Create([new DeclaredLimit { Name = "hourly", Count = 1_000, Period = TimeSpan.FromHours(1), Shape = LimitShape.AlignedWindow }]);
        _news.Follow(state, PendingNewsView.Empty);

        Assert.False(_news.IsHeldBack);
        Assert.Equal(AtMost, _news.Add(Report(1), now: 0, AtMost));
    }

    [Fact]
    public void Told_WhatCameSince_IsStillToBeTold()
    {
        _news.Add(Report(1), now: 0, AtMost);
        _news.Add([7]);
        var seen = _news.Look();
        _news.Add(Report(2), now: 0, AtMost);
        _news.Add([8]);

        _news.Told(seen);

        Assert.Equal([2], _news.Look().Reports.Select(pending => pending.Report.PermitId));
        Assert.Equal([8], _news.Look().Returns);
    }

    [Fact]
    public void Return_FreesPlacesForOthers_IsDueAtOnce()
    {
        _news.Follow(HeldBack(out _), PendingNewsView.Empty);

        _news.Add([7]);

        Assert.True(_news.IsDue(0));
    }

    /// <summary>A limit that is still to be proven, with as many calls in the air as it lets go.</summary>
    private static QuotaState HeldBack(out long[] permits)
    {
        var state = QuotaState.Create([new DeclaredLimit { Name = "api", Count = 50, Period = TimeSpan.FromSeconds(1) }]);
        var rules = new QuotaRules([new ResourcePattern("**")], new ApiOptions().TenantWeights);
        var answer = rules.Ask(state, [.. Enumerable.Range(0, 50).Select(job => new PermitRequest($"{job}", "items", ""))], now: 1_000_000);
        permits = [.. answer.Grants.Select(grant => grant.PermitId)];
        Assert.InRange(permits.Length, 2, 49);
        return state;
    }

    private static QuotaReport Report(long permit) => new(permit, 0, 1_000, 200, QuotaHeaders.None);
}
