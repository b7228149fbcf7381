using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Events;
using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;
using ApiPoc.Testing;

namespace ApiPoc.Worker.Tests;

public sealed class ThrottledJobTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly (string, string) BreakerOn429 = ("Api:OnThrottle", "BreakerOn429");

    [Fact]
    public async Task Job_Answered429_IsHandedBackWithTheDelayAskedFor()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server, BreakerOn429);
        worker.Api.Answer = StubApi.Json(429, "{}", "Retry-After: 57");

        var outcome = await worker.SendAsync(worker.Job());

        Assert.Equal(
            (JobOutcomeKind.Throttled, 429, 57_000L, 0),
            (outcome.Kind, outcome.StatusCode, outcome.RetryAfterMs, outcome.Attempts));
    }

    [Fact]
    public async Task Job_AnsweredManyTimes429_NeverUsesUpItsAttempts()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        worker.Api.Answer = StubApi.Json(429, "{}", "Retry-After: 0");
        var job = worker.Job();
        for (int i = 0; i < 20; i++)
            Assert.Equal(JobOutcomeKind.Throttled, (await worker.SendAsync(job)).Kind);

        worker.Api.Answer = StubApi.Json(200, "{}");

        Assert.Equal((JobOutcomeKind.Completed, 1), ((await worker.SendAsync(job)).Kind, 1));
    }

    [Fact]
    public async Task BreakerOn429_ManyAtOnce_OpenItOnceWithOneEvent()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server, BreakerOn429);
        worker.Api.Answer = StubApi.Json(429, "{}", "Retry-After: 57");
        string epoch = $"{(await worker.Breaker.ReadAsync(worker.ApiId, default)).State.Epoch}";

        await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => worker.SendAsync(worker.Job(), (DispatchHeaders.BreakerEpoch, epoch))));

        var reading = await worker.Breaker.ReadAsync(worker.ApiId, default);
        Assert.Equal(CircuitState.Open, reading.State.Circuit);
        Assert.InRange(reading.State.ProbeAt!.Value - reading.Now, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(57));
        Assert.Single(worker.Events.Types, ThrottleEventType.BreakerOpened);
        Assert.Equal(15, worker.Events.Types.Count(type => type == ThrottleEventType.JobRequeued));
        Assert.Single(worker.Events.All.Where(published => published.Type == ThrottleEventType.BreakerOpened), published => published.TraceId is not null);
    }

    [Fact]
    public async Task ClosedUntil_ClosesTheKeyForEverybodyAndLeavesTheBreakerAlone()
    {
        await using var worker = await WorkerHost.StartAsync(
            redis.Server, ("Api:Limits:0:Name", "hourly"), ("Api:Limits:0:Count", "30"), ("Api:Limits:0:Period", "01:00:00"));
        worker.Api.Answer = StubApi.Json(429, "{}", "Retry-After: 57");
        var permit = Assert.Single((await AskAsync(worker)).Permits);

        await worker.SendAsync(worker.Job());
        // Whoever asked for the permit tells the quota what came of it.
        await worker.Quota.ReportAsync(worker.ApiId, worker.LastCall!.ToReport(permit.Id, permit.Request.Resource, worker.SharedClock), default);

        Assert.Equal(CircuitState.Closed, (await worker.Breaker.ReadAsync(worker.ApiId, default)).State.Circuit);
        Assert.Equal([ThrottleEventType.JobRequeued, ThrottleEventType.QuotaClosed], worker.Events.Types);
        var grant = await AskAsync(worker);
        Assert.Empty(grant.Permits);
        Assert.InRange(grant.AskAgainAfter, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(58));

        // Another call that was about to leave is held back, and costs neither a call nor an attempt.
        var heldBack = await worker.SendAsync(worker.Job());
        Assert.Equal((JobOutcomeKind.Busy, "closed_by_429", false), (heldBack.Kind, heldBack.Reason, heldBack.IsCallSent));
        Assert.Single(worker.Api.Calls);
    }

    [Fact]
    public async Task BreakerOn429_WithoutAnyHeader_WaitsForTheProbe()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server, BreakerOn429, ("Api:Breaker:ProbeInterval", "00:00:07"));
        worker.Api.Answer = StubApi.Json(429, "{}");

        Assert.Equal(7000, (await worker.SendAsync(worker.Job())).RetryAfterMs);
    }

    [Fact]
    public async Task Late429_OfAnOlderEpoch_DoesNotOpenTheBreakerAgain()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server, BreakerOn429, ("Api:Breaker:ProbeInterval", "00:00:00.100"));
        long older = (await worker.Breaker.ReadAsync(worker.ApiId, default)).State.Epoch;
        await worker.Breaker.ApplyAsync(worker.ApiId, new CallThrottled(older, null, "429"), worker.Times, default);
        await ProbeTests.ProbeAsync(worker);
        worker.Api.Answer = StubApi.Json(429, "{}");

        await worker.SendAsync(worker.Job(), (DispatchHeaders.BreakerEpoch, $"{older}"));

        Assert.Equal(CircuitState.Closed, (await worker.Breaker.ReadAsync(worker.ApiId, default)).State.Circuit);
    }

    private static ValueTask<PermitGrant> AskAsync(WorkerHost worker) =>
        worker.Quota.AskAsync(worker.ApiId, [new PermitRequest("j", "survey/1", "")], default);
}
