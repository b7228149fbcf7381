using System.Collections.Concurrent;
using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Events;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Orchestrator.Tests;

public sealed class BreakerTests(Backing backing) : IClassFixture<Backing>
{
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(1.5);
    private static readonly (string, string) ProbeSoon = ("Api:Breaker:ProbeInterval", "00:00:01");
    private static readonly (string, string) ProbeLate = ("Api:Breaker:ProbeInterval", "00:10:00");

    [Fact]
    public async Task Open_NothingIsDispatchedAndJobsGoBackUntilTheProbe()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var orchestrator = await bench.StartAsync(ProbeLate);
        bench.Quota.ShutFor = TimeSpan.FromSeconds(30);
        await bench.Queues.SendAsync(bench.Jobs(5));
        await Bench.EventuallyAsync(async () => (await orchestrator.StatusAsync()).JobsInHand == 5, "five jobs are in hand");

        await OpenAsync(bench, orchestrator);

        await Bench.EventuallyAsync(async () => (await orchestrator.StatusAsync()).JobsInHand == 0, "the jobs are handed back");
        Assert.Equal((5, 0), (await bench.Queues.CountAsync(), await bench.Queues.CountVisibleAsync()));

        bench.Quota.ShutFor = null;
        await Task.Delay(LongPoll, TimeProvider.System); // the one under way ends
        await bench.Queues.SendAsync(bench.Job());
        await Task.Delay(LongPoll, TimeProvider.System); // one begun now would have brought it
        Assert.Equal(1, await bench.Queues.CountVisibleAsync()); // not even received
        Assert.Empty(bench.Worker.Invocations);
        var status = await orchestrator.StatusAsync();
        Assert.Equal(("Open", "breaker Open: 429"), (status.State, status.WaitingFor));
        Assert.True(status.WaitingUntil > TimeProvider.System.GetUtcNow(), "the probe is to come");
    }

    [Fact]
    public async Task Open_TwoOrchestrators_OneProbesAndWorkGoesOn()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var first = await bench.StartAsync(ProbeSoon);
        var second = await bench.StartAsync(ProbeSoon);
        bench.Worker.Answer = async invocation =>
        {
            if (invocation.IsProbe)
                await first.Breaker.ApplyAsync(bench.ApiId, new ProbeSucceeded(invocation.Epoch), first.Times(bench.ApiId), default);
            return StubWorker.Completed;
        };
        await OpenAsync(bench, first);
        var jobs = bench.Jobs(10);
        await bench.Queues.SendAsync(jobs);

        await bench.QueueIsEmptyAsync();

        var probe = bench.Worker.Invocations[0];
        Assert.Equal((JobOperation.HealthCheck, true), (probe.Job.Operation, probe.IsProbe));
        Assert.Equal(
            jobs.Select(job => job.JobId).Order(), bench.Worker.Invocations.Skip(1).Select(invocation => invocation.Job.JobId).Order());
        string[] types = [.. first.Events.Types.Concat(second.Events.Types).Where(type => type.StartsWith("breaker.", StringComparison.Ordinal)).Order()];
        Assert.Equal([ThrottleEventType.BreakerClosed, ThrottleEventType.BreakerHalfOpened, ThrottleEventType.BreakerOpened], types);
    }

    [Fact]
    public async Task Open_ProbesFailThenOneSucceeds_OnePerIntervalAndNoHelpNeeded()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var orchestrator = await bench.StartAsync(ProbeSoon);
        bench.Worker.Answer = async invocation =>
        {
            BreakerEvent result = bench.Worker.Invocations.Count < 3 ? new ProbeFailed(invocation.Epoch, null, "503") : new ProbeSucceeded(invocation.Epoch);
            if (invocation.IsProbe)
                await orchestrator.Breaker.ApplyAsync(bench.ApiId, result, orchestrator.Times(bench.ApiId), default);
            return StubWorker.Completed;
        };
        var openedAt = TimeProvider.System.GetTimestamp();
        await OpenAsync(bench, orchestrator);

        await Bench.EventuallyAsync(() => orchestrator.Events.Types.Contains(ThrottleEventType.BreakerClosed), "the breaker closes");

        Assert.Equal(3, bench.Worker.Invocations.Count);
        Assert.True(TimeProvider.System.GetElapsedTime(openedAt) >= TimeSpan.FromSeconds(3), "three intervals have passed");
    }

    [Fact]
    public async Task Open_NoWorkerForTheProbe_IsTriedAgainAfterTheInterval()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var orchestrator = await bench.StartAsync(ProbeSoon, ("services:worker:http:0", "http://127.0.0.1:9"));

        await OpenAsync(bench, orchestrator);

        await Bench.EventuallyAsync(
            async () => (await orchestrator.Breaker.ReadAsync(bench.ApiId, default)).State.Failures >= 2, "two probes have failed for want of a worker");
        Assert.StartsWith("no worker made the probe", (await orchestrator.Breaker.ReadAsync(bench.ApiId, default)).State.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ApiWithoutHealthPath_ARealJobIsTheProbe()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var orchestrator = await bench.StartAsync(ProbeSoon, ("Api:HealthPath", ""));
        bench.Worker.Answer = async invocation =>
        {
            if (invocation.IsProbe)
                await orchestrator.Breaker.ApplyAsync(bench.ApiId, new ProbeSucceeded(invocation.Epoch), orchestrator.Times(bench.ApiId), default);
            return StubWorker.Completed;
        };
        await OpenAsync(bench, orchestrator);
        await bench.Queues.SendAsync(bench.Jobs(5));

        await bench.QueueIsEmptyAsync();

        Assert.Equal([true, false, false, false, false], bench.Worker.Invocations.Select(invocation => invocation.IsProbe));
        Assert.All(bench.Worker.Invocations, invocation => Assert.Equal(JobOperation.NewSurveys, invocation.Job.Operation));
    }

    [Fact]
    public async Task Closed_WhatHasWaited_ComesOneCallAtFirstAndOneMoreForEachThatGoesWell()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var orchestrator = await bench.StartAsync(ProbeSoon);
        int begun = 0, done = 0;
        var tooMany = new ConcurrentQueue<string>();
        bench.Worker.Answer = async invocation =>
        {
            if (invocation.IsProbe)
            {
                await orchestrator.Breaker.ApplyAsync(bench.ApiId, new ProbeSucceeded(invocation.Epoch), orchestrator.Times(bench.ApiId), default);
                return StubWorker.Completed;
            }

            // One place, one more for each call that has ended, and each that has not ended takes one.
            int call = Interlocked.Increment(ref begun);
            int ended = Volatile.Read(ref done);
            if (call > (2 * ended) + 1)
                tooMany.Enqueue($"call {call} began when {ended} had ended");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            Interlocked.Increment(ref done);
            return StubWorker.Completed;
        };
        await OpenAsync(bench, orchestrator);
        await bench.Queues.SendAsync(bench.Jobs(40));

        await bench.QueueIsEmptyAsync();

        Assert.Empty(tooMany);
        Assert.Equal(40, done);
    }

    [Fact]
    public async Task HalfOpen_HolderDied_AnotherProbesWhenItsClaimEnds()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var orchestrator = await bench.StartAsync(ProbeSoon, ("Api:Timeout", "00:00:00.500"));
        bench.Worker.Answer = async invocation =>
        {
            await orchestrator.Breaker.ApplyAsync(bench.ApiId, new ProbeSucceeded(invocation.Epoch), orchestrator.Times(bench.ApiId), default);
            return StubWorker.Completed;
        };
        // Opened, and at once claimed by a process that is no more.
        var dead = new BreakerTimes(TimeSpan.Zero, TimeSpan.FromSeconds(1));
        await orchestrator.Breaker.ApplyAsync(bench.ApiId, new CallThrottled(0, null, "429"), dead, default);
        var claim = await orchestrator.Breaker.ApplyAsync(bench.ApiId, new ProbeWanted("dead"), dead, default);

        await Bench.EventuallyAsync(() => orchestrator.Events.Types.Contains(ThrottleEventType.BreakerClosed), "the breaker closes");

        if (claim.Effect == BreakerEffect.ProbeGranted) // or the orchestrator was quicker than the dead
            Assert.Single(bench.Worker.Invocations);
    }

    private static Task OpenAsync(Bench bench, OrchestratorHost orchestrator) =>
        orchestrator.Breaker.ApplyAsync(bench.ApiId, new CallThrottled(0, null, "429"), orchestrator.Times(bench.ApiId), default);
}
