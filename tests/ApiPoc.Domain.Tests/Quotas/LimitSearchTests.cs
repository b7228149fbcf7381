using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>A limit nobody declared, learned while processes are slow to start: what was seen of it may be far from what it is.</summary>
public sealed class LimitSearchTests
{
    private const long Now = 10_000_000;
    private const long Second = 1_000_000;

    [Theory]
    [InlineData(38, false)]
    [InlineData(3, true)]
    public void SecondRun_IsSlowWhereTheFirstEnded_UnlessItHasGoneTwiceAsFar(long firstAccepted, bool isSent)
    {
        var limit = new LimitState { Name = "unknown", Size = 1, Period = Second, Search = new SearchState { FirstAccepted = firstAccepted, Accepted = 40 } };
        for (int call = 0; call < 4; call++) limit.Log.Take(size: 1, isBeyond: false);

        Assert.Equal(isSent, LimitSearch.Next(limit, Now).Moment is not null);
    }

    [Fact]
    public void OpenedEarly_SoonerThanAnyPeriodLasts_IsNotTakenForThePeriod()
    {
        var limit = new LimitState { Name = "unknown", Size = 25, Period = Second };
        var window = limit.Window.Open(Now);
        window.OpenedAt = Now;

        LimitSearch.OpenedEarly(limit, new LimitCharge(0, window.Id, 26, PermitPurpose.TestPeriod), Now + 68);

        Assert.Equal(LimitSearch.ShortestWait, limit.Period);
    }

    [Fact]
    public void Refused_WhereTheWindowIsNotKnownToHaveOpened_WaitsForTheNext()
    {
        var limit = new LimitState { Name = "unknown", Size = 25, Period = Second, Shape = LimitShape.Window, IsVerified = true, FullWindows = 1, PhaseFoundAt = Now };
        limit.Window.Open(Now - Second);
        var window = limit.Window.Open(Now);

        long until = RefusalLearner.Refused(limit, new LimitCharge(0, window.Id, 20, PermitPurpose.Use), Now, Now + 1_000, retryAfter: null);

        Assert.Equal(Now + Second + limit.Guard, until);
    }

    /// <summary>A token bucket that had filled up while few calls came gives more for once than it ever will again.</summary>
    [Theory]
    [InlineData(50L, 50)]
    [InlineData(null, 65)]
    public void Finish_FoundMoreThanDeclared_BelievesWhatWasDeclared(long? declared, long size)
    {
        var limit = new LimitState { Name = "api", DeclaredSize = declared, Size = 40, Period = Second, Search = new SearchState { Accepted = 65, OpenedAt = Now, LastAcceptedAt = Now } };

        LimitSearch.Finish(limit, 65, Second, LimitShape.SlidingLog, Now);

        Assert.Equal(size, limit.Size);
    }

    [Fact]
    public void RefusedAgain_WhileOthersAreInTheAir_WaitsForTheirAnswers()
    {
        var limit = new LimitState { Name = "unknown", Size = 10, Period = Second, Shape = LimitShape.SlidingLog, IsVerified = true, EarlyRefusals = 3 };
        for (int call = 0; call < 11; call++) limit.Log.Take(size: 10, isBeyond: true);
        var window = limit.Window.Open(Now);
        limit.Window.Windows[0].HasShrunk = true;

        long until = RefusalLearner.Refused(limit, new LimitCharge(0, window.Id, 9, PermitPurpose.Use), Now, Now + 1_000, retryAfter: null);

        Assert.True(until > Now + 100_000, $"asked again after {until - Now} µs");
    }
}
