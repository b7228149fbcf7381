using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;
using QuotaWindow = ApiPoc.Domain.Quotas.Engine.QuotaWindow;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>10 a second: ten calls within half a second, and then one more is accepted, so windows are counted, but where do they begin?</summary>
public sealed class DoubtedOpeningTests
{
    private const long Begin = 1_000_000_000;
    private const long Step = 50_000;
    private readonly LimitState _limit = QuotaState.Create([new DeclaredLimit { Name = "api", Count = 10, Period = TimeSpan.FromSeconds(1) }]).Limits[0];
    private readonly QuotaWindow _first;
    private readonly QuotaWindow _second;

    public DoubtedOpeningTests()
    {
        _limit.IsVerified = true;
        _first = Open(Begin);
        for (int call = 0; call < 10; call++)
            Accept(_first, Begin + (call * Step));
        _second = Open(Begin + 700_000);
        Accept(_second, Begin + 700_000);
    }

    [Fact]
    public void WindowFirstFollowed_HasBegunAnyTimeSinceTheSecondOfThoseBefore()
    {
        Assert.True(_limit.FollowsWindows);
        Assert.True(DoubtedOpening.IsDoubted(_limit, _second));
        Assert.InRange(_second.OpenedNotBefore!.Value, Begin, Begin + Step);
        Assert.Equal(0, DoubtedOpening.Room(_limit, Begin + 800_000));
    }

    /// <summary>With nine more accepted, each surely in the same window, that has not begun before the last of the first ten.</summary>
    [Fact]
    public void EachCallAccepted_NarrowsWhereItBegan()
    {
        for (int call = 1; call < 10; call++)
            Accept(_second, Begin + 700_000 + (call * 20_000));

        Assert.InRange(_second.OpenedNotBefore!.Value, Begin + (9 * Step), Begin + 700_000);
        Assert.Equal(0, _second.Late);
    }

    /// <summary>Calls after the earliest moment at which it may have ended may be in the next window: only for the others there surely is room in that.</summary>
    [Fact]
    public void CallsAfterItsEarliestEnd_TakeRoomInTheNextWindow()
    {
        for (int call = 1; call < 10; call++)
            Accept(_second, Begin + 700_000 + (call * 80_000));
        long next = _second.OpenedAt!.Value + _limit.Period + _limit.Guard;

        Assert.False(_limit.IsPhaseSure);
        Assert.InRange(_second.Late, 1, 9);
        Assert.Equal(10 - _second.Late, DoubtedOpening.Room(_limit, next));
    }

    /// <summary>What was accepted up to it tells when a window that refuses a call began, however late the answers to others came.</summary>
    [Fact]
    public void Refusal_TellsWhereTheWindowBegan()
    {
        for (int call = 1; call < 9; call++)
            Accept(_second, Begin + 700_000 + (call * 20_000));
        _second.Granted = 11;
        _limit.Log.InFlight = 1;
        long refused = Begin + 900_000;

        RefusalLearner.Refused(_limit, new LimitCharge(0, _second.Id, 10, PermitPurpose.Use), refused, refused + 2_000, retryAfter: null);

        Assert.True(_limit.IsPhaseSure);
        Assert.InRange(_second.OpenedAt!.Value, Begin + (9 * Step), Begin + (9 * Step) + 10_000);
        Assert.Equal(10, _limit.Size);
    }

    private QuotaWindow Open(long at)
    {
        var window = _limit.Window.Open(at);
        (window.Granted, window.LastOrdinal) = (0, 0);
        return window;
    }

    private void Accept(QuotaWindow window, long sentAt)
    {
        _limit.Log.InFlight++;
        (window.Granted, window.LastOrdinal) = (window.Granted + 1, window.LastOrdinal + 1);
        LimitLearner.Accepted(_limit, new LimitCharge(0, window.Id, window.LastOrdinal, PermitPurpose.Use), sentAt, sentAt + 5_000, sentAt + 30_000);
    }
}
