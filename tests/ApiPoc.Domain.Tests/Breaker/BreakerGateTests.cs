using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Events;
using ApiPoc.Testing;

namespace ApiPoc.Domain.Tests.Breaker;

public sealed class BreakerGateTests
{
    private static readonly BreakerTimes Times = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));

    [Fact]
    public async Task Passage_FromClosedToClosed_IsAnnouncedAndMeasured()
    {
        using var meters = new RecordedMeters();
        var clock = new ManualTimeProvider();
        var events = new RecordedEvents();
        var gate = new BreakerGate(new OneBreaker(clock), new ToldFailures(), events, new BreakerMetrics(meters));

        await gate.ApplyAsync("API", new CallThrottled(0, TimeSpan.FromSeconds(57), "429 survey"), Times, default);
        await gate.ApplyAsync("API", new CallThrottled(0, null, "a late one"), Times, default);
        clock.Advance(TimeSpan.FromSeconds(57));
        var granted = await gate.ApplyAsync("API", new ProbeWanted("me"), Times, default);
        await gate.ApplyAsync("API", new ProbeSucceeded(granted.After.Epoch), Times, default);
        meters.Observe();

        Assert.Equal(
            [
                (ThrottleEventType.BreakerOpened, "429 survey", "2026-01-01T00:00:57.0000000+00:00"),
                (ThrottleEventType.BreakerHalfOpened, "429 survey", null),
                (ThrottleEventType.BreakerClosed, "the probe succeeded", null),
            ],
            events.All.Select(published => (published.Type, published.Reason, published.Data.GetValueOrDefault("probe_at"))));
        Assert.Equal(
            [
                "apipoc.breaker.transitions 1 {transition} api_id=API effect=Opened",
                "apipoc.breaker.transitions 1 {transition} api_id=API effect=ProbeGranted",
                "apipoc.breaker.transitions 1 {transition} api_id=API effect=Closed",
                "apipoc.breaker.state 0 {state} api_id=API",
            ],
            meters.Measurements);
    }

    [Fact]
    public async Task LostRace_IsDecidedAnewOnWhatTheWinnerWrote()
    {
        using var meters = new RecordedMeters();
        var clock = new ManualTimeProvider();
        var (store, events) = (new OneBreaker(clock), new RecordedEvents());
        var gate = new BreakerGate(store, new ToldFailures(), events, new BreakerMetrics(meters));
        store.BeforeWrite = () => store.State = new(CircuitState.Open, 7, clock.GetUtcNow().AddSeconds(1), "the winner", null, 0);

        var transition = await gate.ApplyAsync("API", new CallThrottled(0, null, "the loser"), Times, default);

        Assert.False(transition.IsChange);
        Assert.Equal("the winner", store.State.Reason);
        Assert.Empty(events.All);
    }

    [Theory]
    [InlineData(3, 3, 6, "3 of 6 calls failed, the last: 503")]
    [InlineData(3, 3, 7, "")] // other processes' calls went well, and were only not counted yet
    [InlineData(6, 3, 0, "")] // a newer epoch has begun meanwhile
    [InlineData(7, 3, 6, "")] // not even seemingly too many
    public async Task Failures_ThatSeemTooMany_OpenItWhenTheyAreWithEverybodysCalls(int counted, int failed, int recounted, string reason)
    {
        using var meters = new RecordedMeters();
        var store = new OneBreaker(new ManualTimeProvider());
        var calls = new ToldFailures(new(counted, failed), new(recounted, Math.Min(failed, recounted)));
        var gate = new BreakerGate(store, calls, new RecordedEvents(), new BreakerMetrics(meters));
        var api = new ApiOptions { Breaker = new() { FailureThreshold = 3, FailureRatio = 0.5 } };

        await gate.CountFailureAsync("API", api, 0, "503", default);

        Assert.Equal((reason.Length > 0 ? CircuitState.Open : CircuitState.Closed, reason), (store.State.Circuit, store.State.Reason));
    }
}
