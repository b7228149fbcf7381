using ApiPoc.Domain.Quotas;

namespace ApiPoc.Domain.Tests.Quotas;

public sealed class FullDelayTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(10.7)]
    public async Task Delay_WithTimersThatEndEarly_LastsAsLongAsAsked(double milliseconds)
    {
        var clock = new HastyClock();
        var asked = TimeSpan.FromMilliseconds(milliseconds);

        await clock.DelayFullyAsync(asked, default);

        Assert.InRange(clock.Elapsed, asked, asked + TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task Delay_OfAMomentThatHasPassed_IsNone(int milliseconds)
    {
        var clock = new HastyClock();

        await clock.DelayFullyAsync(TimeSpan.FromMilliseconds(milliseconds), default);

        Assert.Equal(TimeSpan.Zero, clock.Elapsed);
    }

    [Fact]
    public async Task Delays_ByTheMachinesClock_EachLastAsLongAsAsked() => await Task.WhenAll(Enumerable.Range(0, 50).Select(async number =>
    {
        var asked = TimeSpan.FromMilliseconds(((number * 37) % 50) + 0.3);
        long startedAt = TimeProvider.System.GetTimestamp();

        await TimeProvider.System.DelayFullyAsync(asked, default);

        Assert.True(TimeProvider.System.GetElapsedTime(startedAt) >= asked);
    }));

    [Fact]
    public async Task Delay_GivenUp_Ends() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => TimeProvider.System.DelayFullyAsync(TimeSpan.FromHours(1), new(canceled: true)));

    /// <summary>Its timers let time pass at once: whole milliseconds, as the runtime's do, and 0.6 ms less than that.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public TimeSpan Elapsed { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Elapsed.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Elapsed += TimeSpan.FromMilliseconds((long)dueTime.TotalMilliseconds - 0.6);
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
