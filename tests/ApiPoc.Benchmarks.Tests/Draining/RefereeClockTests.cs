using ApiPoc.Benchmarks.Draining.Judging;

namespace ApiPoc.Benchmarks.Tests.Draining;

public sealed class RefereeClockTests
{
    private const long Start = 1_003_000_000;
    private static readonly long Step = (long)RefereeClock.Step.TotalMicroseconds;

    [Fact]
    public void Read_AnyTime_IsTheWallsClockMovedByWholeSteps()
    {
        var clock = new RefereeClock(Start);
        long wall = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

        long first = clock.Read();

        Assert.InRange(first, Start - Step, Start + Step);
        // A busy machine may rest between the two readings, and a wall's clock is read in other ticks: near a step, on either side.
        long ahead = (((first - wall) % Step) + Step) % Step;
        Assert.InRange(Math.Min(ahead, Step - ahead), 0, Step / 4);
        Assert.InRange(clock.Read(), first, first + Step);
    }

    [Fact]
    public void UntilPhaseOf_TheStart_IsAtMostAStepAway() =>
        Assert.InRange(RefereeClock.UntilPhaseOf(Start), TimeSpan.Zero, RefereeClock.Step);
}
