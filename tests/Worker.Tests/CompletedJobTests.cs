using System.Text.Json;
using ApiPoc.Domain.Jobs;
using ApiPoc.Testing;
using Microsoft.AspNetCore.Http;

namespace ApiPoc.Worker.Tests;

public sealed class CompletedJobTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Job_Answered200_CallsTheApiOnceWithItsKeyAndRecordsTheResult()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        var before = await worker.Ledger.CountAsync(default);
        var job = worker.Job(resource: "survey/1/interview");

        var outcome = await worker.SendAsync(job);

        Assert.Equal(new JobOutcome { Kind = JobOutcomeKind.Completed, StatusCode = 200, Attempts = 1, IsCallSent = true }, outcome);
        var call = Assert.Single(worker.Api.Calls);
        Assert.Equal("/dev/survey/1/interview", call.Path);
        Assert.Equal(("SECRET-API-KEY", job.JobId), (call.Headers["x-api-key"], call.Headers["Idempotency-Key"]));
        Assert.Equal(1, (await worker.Ledger.CountAsync(default)).Recorded - before.Recorded);
        Assert.Equal(200, worker.LastCall!.Status);
        Assert.True(worker.LastCall.SentAt <= worker.LastCall.AnsweredAt);
    }

    [Theory]
    [InlineData(200, "text/plain", "ok", """{"bytes":2}""")]
    [InlineData(200, null, "", """{"bytes":0}""")]
    [InlineData(204, null, "", """{"bytes":0}""")]
    [InlineData(200, "application/json", "", """{"bytes":0}""")]
    [InlineData(200, null, """{"data":[{"id":7}]}""", """{"surveys":1,"ids":["7"]}""")]
    [InlineData(200, "application/problem+json; charset=utf-8", """[{"id":"a"},{"id":"b"}]""", """{"surveys":2,"ids":["a","b"]}""")]
    public async Task Job_AnsweredNoBodyOrOneNotSaidToBeJson_IsCompleted(int status, string? mediaType, string body, string summary)
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        worker.Api.Answer = async context =>
        {
            (context.Response.StatusCode, context.Response.ContentType) = (status, mediaType);
            await context.Response.WriteAsync(body);
        };
        var job = worker.Job();

        var outcome = await worker.SendAsync(job);

        Assert.Equal((JobOutcomeKind.Completed, status, 1), (outcome.Kind, outcome.StatusCode, outcome.Attempts));
        using var result = JsonDocument.Parse((await worker.LedgerFieldAsync(job, "result"))!);
        Assert.Equal(summary, result.RootElement.GetProperty("summary").GetString());
    }

    [Fact]
    public async Task SameJob_Again_IsCompletedWithoutACall()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        var job = worker.Job();
        await worker.SendAsync(job);

        var again = await worker.SendAsync(job);

        Assert.Equal((JobOutcomeKind.Completed, false), (again.Kind, again.IsCallSent));
        Assert.Null(worker.LastCall);
        Assert.Single(worker.Api.Calls);
    }

    [Fact]
    public async Task SameJob_TwiceAtOnce_IsWorkedOnOnce()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        worker.Api.Answer = async context =>
        {
            arrived.SetResult();
            await go.Task;
            await StubApi.Json(200, "{}")(context);
        };
        var job = worker.Job();
        var first = worker.SendAsync(job);
        await arrived.Task;

        var second = await worker.SendAsync(job);
        go.SetResult();

        Assert.Equal((JobOutcomeKind.Busy, "in_progress"), (second.Kind, second.Reason));
        Assert.Equal(2_000, second.RetryAfterMs); // the first one's lease is 15 s
        Assert.Equal(JobOutcomeKind.Completed, (await first).Kind);
        Assert.Single(worker.Api.Calls);
    }

    [Fact]
    public async Task Twin_OfAnAttemptGivenBack_IsWorkedOnWhenItComesAgain()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        worker.Api.Answer = async context =>
        {
            arrived.SetResult();
            await go.Task;
            await StubApi.Json(429, "{}")(context);
        };
        var job = worker.Job();
        var first = worker.SendAsync(job);
        await arrived.Task;
        Assert.Equal("in_progress", (await worker.SendAsync(job)).Reason);
        worker.Api.Answer = StubApi.Json(200, "{}");
        go.SetResult();
        Assert.Equal(JobOutcomeKind.Throttled, (await first).Kind);

        var again = await worker.SendAsync(job);

        Assert.Equal((JobOutcomeKind.Completed, true, 1), (again.Kind, again.IsCallSent, again.Attempts));
    }

    [Theory]
    [InlineData(JobOperation.NewSurveys, "surveys")]
    [InlineData(JobOperation.NewInterviews, "interviews")]
    [InlineData(JobOperation.NewAttachments, "attachments")]
    public async Task Operation_RecordsWhatWasRead(string operation, string items)
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        worker.Api.Answer = StubApi.Json(200, """{"data":[{"id":7},{"id":"x"},{"name":"no id"}],"quota":5}""");
        var job = worker.Job(operation);

        await worker.SendAsync(job);

        string? result = await worker.LedgerFieldAsync(job, "result");
        Assert.Contains($"\\u0022{items}\\u0022:3,\\u0022ids\\u0022:[\\u00227\\u0022,\\u0022x\\u0022]", result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_WithAStartTime_IsSentThen()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        await worker.SendAsync(worker.Job()); // warm
        var sentAt = TimeProvider.System.GetUtcNow();

        await worker.SendAsync(worker.Job(), (DispatchHeaders.StartAt, worker.In(TimeSpan.FromMilliseconds(300))));

        Assert.True(worker.Api.Calls[^1].At - sentAt >= TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task CallThatIsFarTooLate_IsNotSentAndCostsNoAttempt()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        var job = worker.Job();

        var outcome = await worker.SendAsync(job, (DispatchHeaders.StartAt, worker.In(TimeSpan.FromSeconds(-3))));
        var inTime = await worker.SendAsync(job, (DispatchHeaders.StartAt, worker.In(TimeSpan.FromSeconds(-0.1))));

        Assert.Equal((JobOutcomeKind.Busy, "overdue", false, 0L), (outcome.Kind, outcome.Reason, outcome.IsCallSent, outcome.RetryAfterMs));
        Assert.Equal((JobOutcomeKind.Completed, 1), (inTime.Kind, inTime.Attempts));
        Assert.Single(worker.Api.Calls);
    }

    [Fact]
    public async Task JobsBeyondTheConcurrency_AreBusy()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server, ("Worker:Concurrency", "2"));
        var (arrived, go) = (new SemaphoreSlim(0), new TaskCompletionSource());
        worker.Api.Answer = async context =>
        {
            arrived.Release();
            await go.Task;
            await StubApi.Json(200, "{}")(context);
        };
        Task<JobOutcome>[] working = [worker.SendAsync(worker.Job()), worker.SendAsync(worker.Job())];
        Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(30)) && await arrived.WaitAsync(TimeSpan.FromSeconds(30)));

        var third = await worker.SendAsync(worker.Job());
        go.SetResult();

        Assert.Equal((JobOutcomeKind.Busy, "no_place", false), (third.Kind, third.Reason, third.IsCallSent));
        Assert.All(await Task.WhenAll(working), outcome => Assert.Equal(JobOutcomeKind.Completed, outcome.Kind));
        Assert.Equal(JobOutcomeKind.Completed, (await worker.SendAsync(worker.Job())).Kind);
    }

    [Fact]
    public async Task Stop_FinishesWhatWasSentAndHandsBackWhatWaits()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        worker.Api.Answer = async context =>
        {
            arrived.SetResult();
            await go.Task;
            await StubApi.Json(200, "{}")(context);
        };
        var sent = worker.SendAsync(worker.Job());
        await arrived.Task;
        var waitingJob = worker.Job();
        var waiting = worker.SendAsync(waitingJob, (DispatchHeaders.StartAt, worker.In(TimeSpan.FromSeconds(30))));
        await WaitForAttemptAsync(worker, waitingJob);

        worker.BeginStop();
        Assert.Equal((JobOutcomeKind.Busy, "stopping"), ((await waiting).Kind, (await waiting).Reason));
        go.SetResult();

        Assert.Equal(JobOutcomeKind.Completed, (await sent).Kind);
        Assert.Equal(1, (await worker.Ledger.BeginAsync(waitingJob.JobId, 3, TimeSpan.Zero, TimeSpan.Zero, default)).Attempts); // taken back: it did not count
    }

    [Fact]
    public async Task Stop_WritesWhatWasGathered()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server, ("JobLedger:Gather", "00:00:00.250"), ("BreakerStore:GatherSuccesses", "00:00:05"), ("Api:Breaker:SamplingWindow", "00:10:00"));
        var arrived = new TaskCompletionSource();
        worker.Api.Answer = async context =>
        {
            arrived.SetResult();
            await StubApi.Json(200, "{}")(context);
        };
        var job = worker.Job();
        var sent = worker.SendAsync(job);
        await arrived.Task;

        await worker.StopAsync();

        Assert.Equal(JobOutcomeKind.Completed, (await sent).Kind);
        Assert.NotNull(await worker.LedgerFieldAsync(job, "result"));
        Assert.True(await worker.AreCallsCountedAsync());
    }

    private static async Task WaitForAttemptAsync(WorkerHost worker, Job job)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await worker.LedgerFieldAsync(job, "attempts") is null)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
    }
}
