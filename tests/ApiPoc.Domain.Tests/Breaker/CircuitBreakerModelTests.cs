using ApiPoc.Domain.Breaker;
using Xunit.Abstractions;

namespace ApiPoc.Domain.Tests.Breaker;

public sealed class CircuitBreakerModelTests(ITestOutputHelper output)
{
    private const int Processes = 3;

    [Fact]
    public void EveryReachableState_CrashesOnly_OneProbeAtMostAndNoDeadEnd() =>
        AssertHolds(new BreakerWorld(CircuitBreaker.Next, IsUndisturbed: true), states: 7_040);

    [Fact]
    public void EveryReachableState_CrashesPausesAndLostStore_OneValidProbeAtMostAndNoDeadEnd() =>
        AssertHolds(new BreakerWorld(CircuitBreaker.Next), states: 15_901);

    [Fact]
    public void PlantedBug_NoFencing_IsFound() => AssertFound("a result of another epoch decided", new(
        (state, happened, now, times) => CircuitBreaker.Next(state, Forge(happened, state.Epoch), now, times)));

    [Fact]
    public void PlantedBug_WriteWithoutCompare_IsFound() => AssertFound(
        "a result of another epoch decided", new(CircuitBreaker.Next, ComparesEpoch: false, IsUndisturbed: true));

    [Fact]
    public void PlantedBug_ClaimNeverExpires_IsFound() => AssertFound("no way to Closed", new(
        (state, happened, now, times) => state.Circuit == CircuitState.HalfOpen && happened is ProbeWanted
            ? new(state, state, BreakerEffect.None, now)
            : CircuitBreaker.Next(state, happened, now, times)));

    [Fact]
    public void PlantedBug_ClaimIgnored_IsFound() => AssertFound("two probes", new(
        (state, happened, now, times) => CircuitBreaker.Next(
            happened is ProbeWanted && state.ProbeAt is not null ? state with { ProbeAt = now } : state, happened, now, times),
        IsUndisturbed: true));

    [Fact]
    public void PlantedBug_EpochsStartAgainAfterLoss_IsFound() => AssertFound("two probes hold the current epoch", new(
        (state, happened, now, times) =>
        {
            var transition = CircuitBreaker.Next(state, happened, now, times);
            return transition.IsChange ? transition with { After = transition.After with { Epoch = state.Epoch + 1 } } : transition;
        }));

    /// <param name="world">What may happen.</param>
    /// <param name="states">How many states there are, as docs/breaker.md says: fewer would mean that something is no longer explored.</param>
    private void AssertHolds(BreakerWorld world, int states)
    {
        var exploration = BreakerExplorer.Explore(world, Processes);

        output.WriteLine($"{exploration.States} states of {Processes} processes explored");
        Assert.Null(exploration.Violation);
        Assert.Equal(states, exploration.States);
    }

    private static void AssertFound(string violation, BreakerWorld world) =>
        Assert.StartsWith(violation, BreakerExplorer.Explore(world, Processes).Violation ?? "nothing", StringComparison.Ordinal);

    private static BreakerEvent Forge(BreakerEvent happened, long epoch) => happened switch
    {
        CallThrottled report => report with { Epoch = epoch },
        CallsFailed report => report with { Epoch = epoch },
        ProbeSucceeded report => report with { Epoch = epoch },
        ProbeFailed report => report with { Epoch = epoch },
        var other => other,
    };
}
