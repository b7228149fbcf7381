using System.Diagnostics;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Events;
using ApiPoc.Redis.Breaker;
using ApiPoc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ApiPoc.Redis.Tests.Breaker;

public sealed class BreakerGateTests : IClassFixture<RedisFixture>
{
    private static readonly BreakerTimes Times = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
    private readonly string _api = $"API_{Guid.NewGuid():N}";
    private readonly RecordedEvents _events = new();
    private readonly BreakerGate _gate;

    public BreakerGateTests(RedisFixture redis)
    {
        var services = new ServiceCollection().AddMetrics().AddSingleton<BreakerMetrics>().BuildServiceProvider();
        var options = Options.Create(new BreakerStoreOptions { Budget = TimeSpan.FromSeconds(10) });
        var failures = new RedisFailureWindow(redis.Connection, options, TimeProvider.System, NullLogger<RedisFailureWindow>.Instance);
        _gate = new(new RedisBreakerStore(redis.Connection, options), failures, _events, services.GetRequiredService<BreakerMetrics>());
    }

    [Fact]
    public async Task Apply_FiftyThrottlesAtOnce_OpenOnceAndAnnounceOnce()
    {
        using var activity = new Activity("call").Start();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ThrottleAsync(epoch: 0)));

        var opened = Assert.Single(_events.All);
        Assert.Equal((ThrottleEventType.BreakerOpened, _api, "429 survey"), (opened.Type, opened.ApiId, opened.Reason));
        Assert.Equal(activity.TraceId.ToString(), opened.TraceId);
        Assert.Equal(CircuitState.Open, (await _gate.ReadAsync(_api, default)).State.Circuit);
    }

    [Fact]
    public async Task Apply_FiftyOffersToProbe_GrantOne()
    {
        await ThrottleAsync(epoch: 0);
        await WaitUntilDueAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => _gate.ApplyAsync(_api, new ProbeWanted($"p{i}"), new(Times.ProbeInterval, TimeSpan.FromMinutes(1)), default)));

        Assert.Single(answers, answer => answer.Effect == BreakerEffect.ProbeGranted);
    }

    [Fact]
    public async Task Apply_FailedThenSuccessfulProbe_AnnouncesEachPassageOnce()
    {
        await ThrottleAsync(epoch: 0);
        await ProbeAsync(epoch => new ProbeFailed(epoch, null, "429 again"));
        await ProbeAsync(epoch => new ProbeSucceeded(epoch));

        string[] expected =
        [
            ThrottleEventType.BreakerOpened, ThrottleEventType.BreakerHalfOpened, ThrottleEventType.BreakerHalfOpened,
            ThrottleEventType.BreakerClosed,
        ];
        Assert.Equal(expected, _events.Types);
        Assert.Equal("1", _events.All[^1].Data["failed_probes"]);
    }

    [Fact]
    public async Task CountFailure_FailuresReachTheQuorum_OpensOnce()
    {
        var api = new ApiOptions { Breaker = new() { FailureThreshold = 3, FailureRatio = 0.5, SamplingWindow = TimeSpan.FromMinutes(10) } };
        _gate.CountSuccess(_api, api, 0);
        await _gate.CountFailureAsync(_api, api, 0, "503", default);
        _gate.CountSuccess(_api, api, 0);
        await _gate.CountFailureAsync(_api, api, 0, "503", default);
        Assert.Empty(_events.All);

        await _gate.CountFailureAsync(_api, api, 0, "timeout", default);
        await _gate.CountFailureAsync(_api, api, 0, "timeout", default);

        Assert.Equal("3 of 5 calls failed, the last: timeout", Assert.Single(_events.All).Reason);
    }

    private Task ThrottleAsync(long epoch) => _gate.ApplyAsync(_api, new CallThrottled(epoch, null, "429 survey"), Times, default);

    private async Task ProbeAsync(Func<long, BreakerEvent> result)
    {
        await WaitUntilDueAsync();
        var granted = await _gate.ApplyAsync(_api, new ProbeWanted("me"), Times, default);
        await _gate.ApplyAsync(_api, result(granted.After.Epoch), Times, default);
    }

    private async Task WaitUntilDueAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var reading = await _gate.ReadAsync(_api, patience.Token);
            if (CircuitBreaker.IsDue(reading.State, reading.Now))
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }
    }
}
