using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Events;
using ApiPoc.Domain.Jobs;
using ApiPoc.Testing;

namespace ApiPoc.Worker.Tests;

public sealed class ProbeTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly (string, string)[] Settings = [("Api:OnThrottle", "BreakerOn429"), ("Api:Breaker:ProbeInterval", "00:00:00.100")];

    [Fact]
    public async Task HealthCheck_Answered200_ClosesTheBreaker()
    {
        await using var worker = await OpenAsync();

        var outcome = await ProbeAsync(worker);

        Assert.Equal(JobOutcomeKind.Completed, outcome.Kind);
        Assert.Equal("/dev/health", Assert.Single(worker.Api.Calls).Path);
        Assert.Equal(CircuitState.Closed, await StateAsync(worker));
        Assert.Equal(
            [ThrottleEventType.BreakerOpened, ThrottleEventType.BreakerHalfOpened, ThrottleEventType.BreakerClosed], worker.Events.Types);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(404)]
    public async Task HealthCheck_AnsweredOtherwise_KeepsItOpenAndCountsTheProbe(int status)
    {
        await using var worker = await OpenAsync();
        worker.Api.Answer = StubApi.Json(status, "{}");

        await ProbeAsync(worker);

        var state = (await worker.Breaker.ReadAsync(worker.ApiId, default)).State;
        Assert.Equal((CircuitState.Open, 1), (state.Circuit, state.Failures));
    }

    [Fact]
    public async Task HealthCheck_OfAnotherEpoch_DecidesNothing()
    {
        await using var worker = await OpenAsync();
        long granted = await ClaimAsync(worker);

        await worker.SendAsync(HealthCheck(worker), Headers(granted - 1));

        Assert.Equal(CircuitState.HalfOpen, await StateAsync(worker));
    }

    [Fact]
    public async Task HealthCheck_NotSentAsAProbe_TellsOnlyItsCaller()
    {
        await using var worker = await OpenAsync();

        var outcome = await worker.SendAsync(HealthCheck(worker));

        Assert.Equal(JobOutcomeKind.Completed, outcome.Kind);
        Assert.Equal(CircuitState.Open, await StateAsync(worker));
    }

    [Theory]
    [InlineData(200, CircuitState.Closed)]
    [InlineData(404, CircuitState.Closed)] // the job is at fault, the API answers
    [InlineData(503, CircuitState.Open)]
    [InlineData(429, CircuitState.Open)]
    public async Task RealJob_SentAsAProbe_DecidesAsWell(int status, CircuitState expected)
    {
        await using var worker = await OpenAsync();
        worker.Api.Answer = StubApi.Json(status, "{}");
        long granted = await ClaimAsync(worker);

        await worker.SendAsync(worker.Job(), Headers(granted));

        Assert.Equal(expected, await StateAsync(worker));
    }

    [Fact]
    public async Task HealthCheck_OfAnApiWithoutOne_IsRejected()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server, ("Api:HealthPath", ""));

        Assert.Equal(JobOutcomeKind.Rejected, (await worker.SendAsync(HealthCheck(worker))).Kind);
    }

    /// <summary>Claims the probe as an orchestrator does, and has the worker make it.</summary>
    internal static async Task<JobOutcome> ProbeAsync(WorkerHost worker) => await worker.SendAsync(HealthCheck(worker), Headers(await ClaimAsync(worker)));

    private async Task<WorkerHost> OpenAsync()
    {
        var worker = await WorkerHost.StartAsync(redis.Server, Settings);
        await worker.Breaker.ApplyAsync(worker.ApiId, new CallThrottled(0, null, "429"), worker.Times, default);
        return worker;
    }

    private static async Task<long> ClaimAsync(WorkerHost worker)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var offer = await worker.Breaker.ApplyAsync(worker.ApiId, new ProbeWanted("test"), worker.Times, patience.Token);
            if (offer.Effect == BreakerEffect.ProbeGranted)
                return offer.After.Epoch;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }
    }

    private static async Task<CircuitState> StateAsync(WorkerHost worker) =>
        (await worker.Breaker.ReadAsync(worker.ApiId, default)).State.Circuit;

    private static Job HealthCheck(WorkerHost worker) => worker.Job(JobOperation.HealthCheck, "");

    private static (string, string)[] Headers(long epoch) => [(DispatchHeaders.BreakerEpoch, $"{epoch}"), (DispatchHeaders.Probe, "1")];
}
