using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Breaker;

namespace ApiPoc.Domain.Tests.Breaker;

public sealed class CircuitBreakerTests
{
    private const long Epoch = 1_000_000;
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(Epoch + 500);
    private static readonly BreakerTimes Times = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));

    // One row per cell of the table in CircuitBreaker, and one per cell with a stale epoch.
    [Theory]
    [InlineData("closed", "throttled", CircuitState.Open, BreakerEffect.Opened)]
    [InlineData("closed", "failed", CircuitState.Open, BreakerEffect.Opened)]
    [InlineData("closed", "probe wanted", CircuitState.Closed, BreakerEffect.None)]
    [InlineData("closed", "probe succeeded", CircuitState.Closed, BreakerEffect.None)]
    [InlineData("closed", "probe failed", CircuitState.Closed, BreakerEffect.None)]
    [InlineData("open", "throttled", CircuitState.Open, BreakerEffect.None)]
    [InlineData("open", "failed", CircuitState.Open, BreakerEffect.None)]
    [InlineData("open", "probe wanted", CircuitState.Open, BreakerEffect.None)]
    [InlineData("open", "probe succeeded", CircuitState.Open, BreakerEffect.None)]
    [InlineData("open", "probe failed", CircuitState.Open, BreakerEffect.None)]
    [InlineData("open, due", "throttled", CircuitState.Open, BreakerEffect.None)]
    [InlineData("open, due", "failed", CircuitState.Open, BreakerEffect.None)]
    [InlineData("open, due", "probe wanted", CircuitState.HalfOpen, BreakerEffect.ProbeGranted)]
    [InlineData("open, due", "probe succeeded", CircuitState.Open, BreakerEffect.None)]
    [InlineData("open, due", "probe failed", CircuitState.Open, BreakerEffect.None)]
    [InlineData("half-open", "throttled", CircuitState.HalfOpen, BreakerEffect.None)]
    [InlineData("half-open", "failed", CircuitState.HalfOpen, BreakerEffect.None)]
    [InlineData("half-open", "probe wanted", CircuitState.HalfOpen, BreakerEffect.None)]
    [InlineData("half-open", "probe succeeded", CircuitState.Closed, BreakerEffect.Closed)]
    [InlineData("half-open", "probe failed", CircuitState.Open, BreakerEffect.Reopened)]
    [InlineData("half-open, due", "throttled", CircuitState.HalfOpen, BreakerEffect.None)]
    [InlineData("half-open, due", "failed", CircuitState.HalfOpen, BreakerEffect.None)]
    [InlineData("half-open, due", "probe wanted", CircuitState.HalfOpen, BreakerEffect.ProbeGranted)]
    [InlineData("half-open, due", "probe succeeded", CircuitState.Closed, BreakerEffect.Closed)]
    [InlineData("half-open, due", "probe failed", CircuitState.Open, BreakerEffect.Reopened)]
    [InlineData("closed", "stale throttled", CircuitState.Closed, BreakerEffect.None)]
    [InlineData("closed", "stale failed", CircuitState.Closed, BreakerEffect.None)]
    [InlineData("half-open", "stale probe succeeded", CircuitState.HalfOpen, BreakerEffect.None)]
    [InlineData("half-open", "stale probe failed", CircuitState.HalfOpen, BreakerEffect.None)]
    [InlineData("half-open, due", "stale probe succeeded", CircuitState.HalfOpen, BreakerEffect.None)]
    [InlineData("half-open, due", "stale probe failed", CircuitState.HalfOpen, BreakerEffect.None)]
    public void Next_Cell_GivesStateAndEffect(string state, string happened, CircuitState expected, BreakerEffect effect)
    {
        var before = StateNamed(state);

        var transition = CircuitBreaker.Next(before, EventNamed(happened), Now, Times);

        Assert.Equal((expected, effect), (transition.After.Circuit, transition.Effect));
        Assert.Equal(effect != BreakerEffect.None, transition.After.Epoch > before.Epoch);
        Assert.Equal(effect == BreakerEffect.None, ReferenceEquals(before, transition.After));
    }

    [Fact]
    public void Next_Throttled_PlansTheProbeAndKeepsTheReason()
    {
        var opened = CircuitBreaker.Next(StateNamed("closed"), new CallThrottled(Epoch, null, "429 survey"), Now, Times).After;

        Assert.Equal(new(CircuitState.Open, Epoch + 500, Now + Times.ProbeInterval, "429 survey", null, 0), opened);
    }

    [Theory]
    [InlineData(3, 10)] // the API would have us back sooner: the configured interval stands
    [InlineData(57, 57)]
    [InlineData(1_000_000_000, 86_400)] // nobody keeps us out for thirty years
    public void Next_ThrottledWithRetryAfter_WaitsTheLongerOfBoth(int retryAfterSeconds, int expectedSeconds)
    {
        var throttled = new CallThrottled(Epoch, TimeSpan.FromSeconds(retryAfterSeconds), "429");

        var opened = CircuitBreaker.Next(StateNamed("closed"), throttled, Now, Times).After;

        Assert.Equal(Now.AddSeconds(expectedSeconds), opened.ProbeAt);
    }

    [Fact]
    public void Next_ProbeWanted_ClaimsItForTheHolder()
    {
        var granted = CircuitBreaker.Next(StateNamed("open, due"), new ProbeWanted("orchestrator-2"), Now, Times).After;

        Assert.Equal(new(CircuitState.HalfOpen, Epoch + 500, Now + Times.ProbeClaim, "why", "orchestrator-2", 3), granted);
    }

    [Fact]
    public void Next_ProbeFailed_CountsItAndPlansTheNext()
    {
        var failed = new ProbeFailed(Epoch, TimeSpan.FromSeconds(20), "503");

        var reopened = CircuitBreaker.Next(StateNamed("half-open"), failed, Now, Times).After;

        Assert.Equal(new(CircuitState.Open, Epoch + 500, Now.AddSeconds(20), "503", null, 4), reopened);
    }

    [Fact]
    public void Next_ProbeSucceeded_ForgetsTheTrouble()
    {
        var closed = CircuitBreaker.Next(StateNamed("half-open"), new ProbeSucceeded(Epoch), Now, Times).After;

        Assert.Equal(new(CircuitState.Closed, Epoch + 500, null, "", null, 0), closed);
    }

    [Fact]
    public void Next_TwoTransitionsInOneMillisecond_StillGrowTheEpoch()
    {
        var state = BreakerState.Initial with { Epoch = Now.ToUnixTimeMilliseconds() };

        Assert.Equal(state.Epoch + 1, CircuitBreaker.Next(state, new CallThrottled(state.Epoch, null, ""), Now, Times).After.Epoch);
    }

    [Fact]
    public void Next_ClockSetBackAnHour_GrantsTheProbeInsteadOfWaitingAnHour()
    {
        var opened = StateNamed("open");

        Assert.Equal(BreakerEffect.ProbeGranted, CircuitBreaker.Next(opened, new ProbeWanted("p"), Now.AddHours(-1), Times).Effect);
    }

    [Theory]
    [InlineData(10, 2, 10)] // never more often than the interval
    [InlineData(1, 10, 11)] // never shorter than a call can take
    public void Times_Claim_OutlastsTheCallAndTheInterval(int intervalSeconds, int timeoutSeconds, int claimSeconds)
    {
        var api = new ApiOptions
        {
            Timeout = TimeSpan.FromSeconds(timeoutSeconds),
            Breaker = new() { ProbeInterval = TimeSpan.FromSeconds(intervalSeconds) },
        };

        Assert.Equal(new(TimeSpan.FromSeconds(intervalSeconds), TimeSpan.FromSeconds(claimSeconds)), BreakerTimes.Of(api));
    }

    [Theory]
    [InlineData(4, 4, false)] // too few
    [InlineData(10, 5, true)]
    [InlineData(11, 5, false)] // too small a share
    [InlineData(5, 5, true)]
    public void Quorum_NeedsNumberAndShare(long calls, long failures, bool reached) =>
        Assert.Equal(reached, FailureQuorum.IsReached(new(calls, failures), new ApiBreakerOptions()));

    private static BreakerState StateNamed(string name) => name switch
    {
        "closed" => new(CircuitState.Closed, Epoch, null, "", null, 0),
        "open" => new(CircuitState.Open, Epoch, Now.AddSeconds(1), "why", null, 3),
        "open, due" => new(CircuitState.Open, Epoch, Now, "why", null, 3),
        "half-open" => new(CircuitState.HalfOpen, Epoch, Now.AddSeconds(1), "why", "other", 3),
        "half-open, due" => new(CircuitState.HalfOpen, Epoch, Now, "why", "other", 3),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static BreakerEvent EventNamed(string name) => name switch
    {
        "throttled" => new CallThrottled(Epoch, null, "429"),
        "failed" => new CallsFailed(Epoch, "503"),
        "probe wanted" => new ProbeWanted("me"),
        "probe succeeded" => new ProbeSucceeded(Epoch),
        "probe failed" => new ProbeFailed(Epoch, null, "503"),
        "stale throttled" => new CallThrottled(Epoch - 1, null, "429"),
        "stale failed" => new CallsFailed(Epoch - 1, "503"),
        "stale probe succeeded" => new ProbeSucceeded(Epoch - 1),
        "stale probe failed" => new ProbeFailed(Epoch - 1, null, "503"),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
