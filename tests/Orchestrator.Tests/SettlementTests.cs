using ApiPoc.Domain.Events;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Orchestrator.Tests;

public sealed class SettlementTests(Backing backing) : IClassFixture<Backing>
{
    private static readonly JobOutcome Busy = new() { Kind = JobOutcomeKind.Busy, Reason = JobOutcome.NoPlace };

    [Fact]
    public async Task Completed_MessagesAreDeletedAndTheRunIsAnnounced()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var jobs = bench.Jobs(25);
        await bench.Queues.SendAsync(jobs);

        var orchestrator = await bench.StartAsync();

        await bench.QueueIsEmptyAsync();
        Assert.Equal(jobs.Select(job => job.JobId).Order(), bench.Worker.Invocations.Select(invocation => invocation.Job.JobId).Order());
        await Bench.EventuallyAsync(() => orchestrator.Events.Types.Count == 2, "the run is finished");
        Assert.Equal([ThrottleEventType.RunStarted, ThrottleEventType.RunFinished], orchestrator.Events.Types);
        Assert.Equal("25", orchestrator.Events.All[1].Data["completed"]);
        Assert.Equal(0, bench.Quota.Returned);
    }

    [Fact]
    public async Task Completed_ByAnEarlierAttempt_ReturnsItsPermit()
    {
        await using var bench = await Bench.CreateAsync(backing);
        bench.Worker.Answer = _ => Task.FromResult<JobOutcome?>(StubWorker.Completed with { IsCallSent = false });
        await bench.Queues.SendAsync(bench.Job());

        await bench.StartAsync();

        await bench.QueueIsEmptyAsync();
        Assert.Equal((1, 1), (bench.Quota.Granted, bench.Quota.Returned));
    }

    [Fact]
    public async Task Rejected_IsDeadLetteredWithItsReasonAndOthersGoOn()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var (bad, good) = (bench.Job(), bench.Job());
        bench.Worker.Answer = invocation => Task.FromResult<JobOutcome?>(invocation.Job.JobId == bad.JobId
            ? StubWorker.Called(new() { Kind = JobOutcomeKind.Rejected, Reason = DeadLetterReason.Rejected, Detail = "answered 404", Attempts = 1, StatusCode = 404 })
            : StubWorker.Completed);
        await bench.Queues.SendAsync(bad, good);

        var orchestrator = await bench.StartAsync();

        var deadLetter = Assert.Single(await bench.DeadLettersAsync(1));
        Assert.Equal((bad.JobId, DeadLetterReason.Rejected, 1, 404), (Bench.IdOf(deadLetter.Body), deadLetter.Reason, deadLetter.Attempts, deadLetter.LastStatus));
        await bench.QueueIsEmptyAsync();
        var announced = Assert.Single(orchestrator.Events.All, published => published.Type == ThrottleEventType.JobDeadLettered);
        Assert.Equal((bad.JobId, DeadLetterReason.Rejected), (announced.Data["job_id"], announced.Data["reason"]));
    }

    [Fact]
    public async Task WorkerWithoutAPlace_IsPassedOver()
    {
        await using var bench = await Bench.CreateAsync(backing);
        await using var full = await StubWorker.StartAsync();
        full.Answer = _ => Task.FromResult<JobOutcome?>(Busy);
        await bench.Queues.SendAsync(bench.Jobs(5));

        await bench.StartAsync(("services:worker:http:0", full.Url), ("services:worker:http:1", bench.Worker.Url), ("Orchestrator:WorkerPause", "00:01:00"));

        await bench.QueueIsEmptyAsync();
        Assert.NotEmpty(full.Invocations); // whose turn it is first
        Assert.Equal(5, bench.Worker.Invocations.Count);
        Assert.Equal((5, 0), (bench.Quota.Granted, bench.Quota.Returned));
    }

    [Fact]
    public async Task PoisonMessages_GoToTheDeadLetterQueueWithTheirReasonsAndCostNoCall()
    {
        await using var bench = await Bench.CreateAsync(backing);
        Dictionary<string, string> poison = new()
        {
            ["not json"] = DeadLetterReason.BadMessage,
            ["[1,2]"] = DeadLetterReason.BadMessage,
            [$$"""{"operation":"NEW_SURVEYS","api_id":"{{bench.ApiId}}"}"""] = DeadLetterReason.BadMessage,
            [$$"""{"operation":"DROP","api_id":"{{bench.ApiId}}","resource":"survey"}"""] = DeadLetterReason.UnknownOperation,
            ["""{"operation":"NEW_SURVEYS","api_id":"NOBODY","resource":"survey"}"""] = DeadLetterReason.UnknownApi,
            [$$"""{"operation":"NEW_SURVEYS","api_id":"{{bench.ApiId}}","resource":"../etc"}"""] = DeadLetterReason.BadResource,
            [$$"""{"operation":"NEW_SURVEYS","api_id":"{{bench.ApiId}}","resource":"survey","api_url":"http://evil/"}"""] = DeadLetterReason.UrlNotAllowed,
            [$$"""{"operation":"HEALTH_CHECK","api_id":"{{bench.ApiId}}","resource":""}"""] = DeadLetterReason.UnknownOperation,
        };
        await bench.Queues.SendAsync([.. poison.Keys]);
        var good = bench.Job();
        await bench.Queues.SendAsync(good);

        await bench.StartAsync();

        var deadLetters = await bench.DeadLettersAsync(poison.Count);
        Assert.Equal(poison, deadLetters.ToDictionary(letter => letter.Body, letter => letter.Reason));
        await bench.QueueIsEmptyAsync();
        Assert.Equal([good.JobId], bench.Worker.Invocations.Select(invocation => invocation.Job.JobId));
    }

    [Fact]
    public async Task Throttled_ManyTimes_IsTriedAgainAndNeverDeadLettered()
    {
        await using var bench = await Bench.CreateAsync(backing);
        ThrottleUntilCall(bench, 15, retryAfterMs: 20);
        await bench.Queues.SendAsync(bench.Job());

        await bench.StartAsync();

        await bench.QueueIsEmptyAsync();
        Assert.Equal(15, bench.Worker.Invocations.Count);
        Assert.Empty(await bench.Queues.TakeDeadLettersAsync());
    }

    /// <summary>The API's wait is a whole second or more where the quota knows that a window opens in a moment.</summary>
    [Fact]
    public async Task Throttled_GoesAsSoonAsTheQuotaPermits()
    {
        await using var bench = await Bench.CreateAsync(backing);
        ThrottleUntilCall(bench, 2, retryAfterMs: 3_600_000);
        await bench.Queues.SendAsync(bench.Job());

        await bench.StartAsync(("Orchestrator:HoldAtMost", "01:00:00"));

        await bench.QueueIsEmptyAsync();
        Assert.Equal((2, 0), (bench.Quota.Granted, bench.Quota.Returned));
    }

    [Fact]
    public async Task Throttled_ForLongerThanItIsHeld_GoesBackToTheQueueUntilThen()
    {
        await using var bench = await Bench.CreateAsync(backing);
        ThrottleUntilCall(bench, 2, retryAfterMs: 1500);
        await bench.Queues.SendAsync(bench.Job());

        var orchestrator = await bench.StartAsync(("Orchestrator:HoldAtMost", "00:00:01"));

        await Bench.EventuallyAsync(async () => (await orchestrator.StatusAsync()).JobsInHand == 0 && bench.Worker.Invocations.Count == 1, "the job is let go");
        Assert.Equal(1, await bench.Queues.CountAsync());
        await bench.QueueIsEmptyAsync();
        Assert.Equal(2, bench.Worker.Invocations.Count);
    }

    [Fact]
    public async Task Failed_ComesAgainFromTheQueueAfterItsDelay()
    {
        await using var bench = await Bench.CreateAsync(backing);
        bench.Worker.Answer = _ => Task.FromResult<JobOutcome?>(bench.Worker.Invocations.Count < 3
            ? StubWorker.Called(new() { Kind = JobOutcomeKind.Failed, StatusCode = 503, Reason = "503", RetryAfterMs = 10 })
            : StubWorker.Completed);
        await bench.Queues.SendAsync(bench.Job());

        await bench.StartAsync();

        await bench.QueueIsEmptyAsync();
        Assert.Equal(3, bench.Worker.Invocations.Count);
    }

    [Fact]
    public async Task Busy_IsTriedAgainSoonAndReturnsItsPermit()
    {
        await using var bench = await Bench.CreateAsync(backing);
        bench.Worker.Answer = _ => Task.FromResult<JobOutcome?>(bench.Worker.Invocations.Count < 4 ? Busy : StubWorker.Completed);
        await bench.Queues.SendAsync(bench.Job());

        await bench.StartAsync();

        await bench.QueueIsEmptyAsync();
        Assert.Equal((4, 3), (bench.Quota.Granted, bench.Quota.Returned));
    }

    [Fact]
    public async Task WorkerThatDiesEachTime_UsesUpTheAttemptsAndOthersGoOn()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var (deadly, harmless) = (bench.Job(), bench.Job());
        var orchestrator = await bench.StartAsync(("Orchestrator:LostJobDelay", "00:00:00"));
        bench.Worker.Answer = async invocation =>
        {
            if (invocation.Job.JobId != deadly.JobId)
                return StubWorker.Completed;
            // As a worker does: noted before the work, and then no word any more.
            var attempt = await orchestrator.Ledger.BeginAsync(invocation.Job.JobId, 3, TimeSpan.FromMinutes(10), TimeSpan.Zero, default);
            return attempt.Kind == AttemptStartKind.GivenUp
                ? new() { Kind = JobOutcomeKind.Rejected, Reason = DeadLetterReason.AttemptsExhausted, Attempts = attempt.Attempts }
                : null;
        };

        await bench.Queues.SendAsync(deadly, harmless);

        var deadLetter = Assert.Single(await bench.DeadLettersAsync(1));
        Assert.Equal((deadly.JobId, DeadLetterReason.AttemptsExhausted, 3), (Bench.IdOf(deadLetter.Body), deadLetter.Reason, deadLetter.Attempts));
        await bench.QueueIsEmptyAsync();
        Assert.Equal(4, bench.Worker.Invocations.Count(invocation => invocation.Job.JobId == deadly.JobId));
        Assert.Single(bench.Worker.Invocations, invocation => invocation.Job.JobId == harmless.JobId);
    }

    [Fact]
    public async Task NoWorker_JobsWaitInHandUntilOneComes()
    {
        await using var bench = await Bench.CreateAsync(backing);
        string url = bench.Worker.Url;
        await bench.Worker.StopAsync();
        await bench.Queues.SendAsync(bench.Jobs(3));
        var orchestrator = await bench.StartAsync(("services:worker:http:0", url));
        await Bench.EventuallyAsync(() => orchestrator.Logs.Lines.Any(line => line.Contains("cannot be reached", StringComparison.Ordinal)), "a worker is missed");

        await using var late = await StubWorker.StartAsync(url);

        await bench.QueueIsEmptyAsync();
        Assert.Equal(3, late.Invocations.Count);
        Assert.Equal(bench.Quota.Granted - 3, bench.Quota.Returned);
    }

    [Fact]
    public async Task OneWorkerOfTwoGone_TheOtherDoesTheWork()
    {
        await using var bench = await Bench.CreateAsync(backing);
        await bench.Queues.SendAsync(bench.Jobs(6));

        await bench.StartAsync(("services:worker:http:1", "http://127.0.0.1:9"));

        await bench.QueueIsEmptyAsync();
        Assert.Equal(6, bench.Worker.Invocations.Count);
    }

    private static void ThrottleUntilCall(Bench bench, int call, long retryAfterMs) =>
        bench.Worker.Answer = _ => Task.FromResult<JobOutcome?>(bench.Worker.Invocations.Count < call
            ? StubWorker.Called(new() { Kind = JobOutcomeKind.Throttled, StatusCode = 429, RetryAfterMs = retryAfterMs })
            : StubWorker.Completed);
}
