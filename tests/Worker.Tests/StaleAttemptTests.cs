using ApiPoc.Domain.Jobs;
using ApiPoc.Testing;

namespace ApiPoc.Worker.Tests;

/// <summary>A worker is taken for dead while it calls, and the job's next attempt has begun: whatever its late answer is, it decides nothing.</summary>
public sealed class StaleAttemptTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task LateAnswer_LeavesTheJobToTheNewerAttempt(int status)
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        var job = worker.Job();
        AttemptStart? newer = null;
        worker.Api.Answer = async context =>
        {
            newer = await TakeOverAsync(worker, job);
            await StubApi.Json(status, "{}")(context);
        };

        var outcome = await worker.SendAsync(job);

        Assert.Equal((JobOutcomeKind.Busy, "stale_attempt", true), (outcome.Kind, outcome.Reason, outcome.IsCallSent));
        Assert.Equal(2_000, outcome.RetryAfterMs);
        Assert.Null(await worker.LedgerFieldAsync(job, "noted"));
        Assert.Equal(Completion.Recorded, await worker.Ledger.CompleteAsync(job.JobId, newer!.Fence, new("", "", "", 200, "{}"), TimeSpan.Zero, default));
    }

    [Fact]
    public async Task LateAnswer_OfTheLastAttemptAllowed_DoesNotGiveTheJobUp()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server, ("Api:MaxAttempts", "1"));
        var job = worker.Job();
        worker.Api.Answer = async context =>
        {
            await TakeOverAsync(worker, job);
            await StubApi.Json(500, "{}")(context);
        };

        Assert.Equal("stale_attempt", (await worker.SendAsync(job)).Reason);
    }

    [Fact]
    public async Task LateResult_IsCountedAsStale()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        var job = worker.Job();
        worker.Api.Answer = async context =>
        {
            await TakeOverAsync(worker, job);
            await StubApi.Json(200, "{}")(context);
        };
        var before = await worker.Ledger.CountAsync(default);

        await worker.SendAsync(job);

        var after = await worker.Ledger.CountAsync(default);
        Assert.Equal((0, 1), (after.Recorded - before.Recorded, after.StaleCompletions - before.StaleCompletions));
    }

    private static async Task<AttemptStart> TakeOverAsync(WorkerHost worker, Job job)
    {
        await worker.Ledger.AbandonAsync(job.JobId, default);
        return await worker.Ledger.BeginAsync(job.JobId, 3, TimeSpan.FromMinutes(1), TimeSpan.Zero, default);
    }
}
