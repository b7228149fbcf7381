using ApiPoc.Domain.Jobs;
using ApiPoc.Redis.Jobs;
using ApiPoc.Testing;
using Microsoft.Extensions.Options;

namespace ApiPoc.Redis.Tests.Jobs;

public sealed class RedisJobLedgerTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly JobResult Result = new(JobOperation.NewSurveys, "ODG_SURVEYS", "survey/1", 200, "{\"surveys\":1}");
    private readonly string _job = $"job-{Guid.NewGuid():N}";
    private readonly RedisJobLedger _ledger = new(
        redis.Connection, Options.Create(new JobLedgerOptions { Budget = TimeSpan.FromSeconds(10), Gather = TimeSpan.Zero }), new ManualTimeProvider(), JobKeys.Shared);

    [Fact]
    public async Task Begin_FirstTime_Starts() => Assert.Equal(Started(fence: 1, attempts: 1), await BeginAsync());

    [Fact]
    public async Task Begin_WhileAnotherAttemptIsUnderWay_StartsNone()
    {
        await BeginAsync();

        var second = await BeginAsync();

        Assert.Equal((AttemptStartKind.InProgress, 1), (second.Kind, second.Attempts));
        Assert.InRange(second.BusyFor, TimeSpan.FromSeconds(1), Lease);
    }

    [Fact]
    public async Task Begin_AfterALeaseRanOut_StartsAndFencesTheOldOut()
    {
        await _ledger.BeginAsync(_job, 3, TimeSpan.Zero, TimeSpan.Zero, default);
        Assert.Equal(Started(fence: 2, attempts: 2), await BeginAsync());

        Assert.Equal(Completion.Stale, await CompleteAsync(fence: 1));
        Assert.Equal(Completion.Recorded, await CompleteAsync(fence: 2));
        Assert.Equal(Completion.AlreadyRecorded, await CompleteAsync(fence: 1));
    }

    [Fact]
    public async Task Begin_AfterTheResult_SaysAlreadyCompleted()
    {
        await BeginAsync();
        Assert.Equal(Completion.Recorded, await CompleteAsync(fence: 1));

        Assert.Equal(AttemptStartKind.AlreadyCompleted, (await BeginAsync()).Kind);
    }

    [Fact]
    public async Task Begin_AfterAsManyCrashesAsAllowed_IsExhaustedWithoutAWord()
    {
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal(Started(attempt, attempt), await BeginAsync());
            await _ledger.AbandonAsync(_job, default); // the worker is known to be dead
        }

        Assert.Equal(new(AttemptStartKind.GivenUp, 3, 3, null, "", TimeSpan.Zero), await BeginAsync());
    }

    [Fact]
    public async Task Complete_AfterTheJobWasGivenUp_IsStale()
    {
        await _ledger.BeginAsync(_job, 1, Lease, TimeSpan.Zero, default);
        await _ledger.AbandonAsync(_job, default); // the worker is taken for dead; it is only slow
        Assert.Equal(AttemptStartKind.GivenUp, (await _ledger.BeginAsync(_job, 1, Lease, TimeSpan.Zero, default)).Kind);

        Assert.Equal(Completion.Stale, await CompleteAsync(fence: 1));
    }

    [Fact]
    public async Task GiveUp_EndsTheJobForEveryAttempt()
    {
        await BeginAsync();

        Assert.True(await _ledger.GiveUpAsync(_job, 1, 404, DeadLetterReason.Rejected, default));

        Assert.Equal(new(AttemptStartKind.GivenUp, 2, 1, 404, DeadLetterReason.Rejected, TimeSpan.Zero), await BeginAsync());
        Assert.Equal(Completion.Stale, await CompleteAsync(fence: 1));
        Assert.False(await _ledger.GiveUpAsync(_job, 1, 500, "late", default));
    }

    [Fact]
    public async Task GiveUp_ByAnOldAttempt_ChangesNothing()
    {
        await _ledger.BeginAsync(_job, 3, TimeSpan.Zero, TimeSpan.Zero, default);
        await BeginAsync();

        Assert.False(await _ledger.GiveUpAsync(_job, 1, 404, DeadLetterReason.Rejected, default));

        Assert.Equal(Completion.Recorded, await CompleteAsync(fence: 2));
    }

    [Fact]
    public async Task Reopen_OfAJobGivenUp_LetsItBeTriedAsOftenAsEver_OncePerRedrive()
    {
        await BeginAsync();
        await _ledger.GiveUpAsync(_job, 1, 404, DeadLetterReason.Rejected, default);

        Assert.True(await _ledger.ReopenAsync(_job, "first", default));
        Assert.Equal(Started(fence: 3, attempts: 1), await BeginAsync());
        await _ledger.GiveUpAsync(_job, 3, 404, DeadLetterReason.Rejected, default);

        Assert.False(await _ledger.ReopenAsync(_job, "first", default)); // its message, delivered again
        Assert.Equal(AttemptStartKind.GivenUp, (await BeginAsync()).Kind);
        Assert.True(await _ledger.ReopenAsync(_job, "second", default));
    }

    [Fact]
    public async Task Reopen_OfAJobUnderWay_ChangesNothing()
    {
        await BeginAsync();

        Assert.False(await _ledger.ReopenAsync(_job, "redrive", default));

        Assert.Equal(AttemptStartKind.InProgress, (await BeginAsync()).Kind);
        Assert.Equal(Completion.Recorded, await CompleteAsync(fence: 1));
    }

    [Fact]
    public async Task Reopen_OfAForgottenJob_IsForgottenAfterItsRetention()
    {
        await _ledger.ReopenAsync(_job, "redrive", default);

        Assert.InRange((await redis.Connection.GetDatabase().KeyTimeToLiveAsync(JobKeys.Shared.Job(_job)))!.Value, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
    }

    [Fact]
    public async Task Fail_NotesWhyUntilAnotherAttemptCounts()
    {
        await BeginAsync();
        await _ledger.FailAsync(_job, 1, 503, "503 Service Unavailable", slack: TimeSpan.Zero, default);

        Assert.Equal(Started(2, 2) with { LastStatus = 503, LastReason = "503 Service Unavailable" }, await BeginAsync());

        await _ledger.AbandonAsync(_job, default);
        Assert.Equal(Started(3, 3), await BeginAsync()); // the second ended without a word
    }

    [Fact]
    public async Task Refund_TakesTheAttemptBackAndKeepsTheNote()
    {
        await BeginAsync();
        await _ledger.FailAsync(_job, 1, 500, "500", slack: TimeSpan.Zero, default);
        for (long fence = 2; fence < 50; fence++)
        {
            Assert.Equal(Started(fence, 2) with { LastStatus = 500, LastReason = "500" }, await BeginAsync());
            await _ledger.RefundAsync(_job, fence, default);
        }
    }

    [Fact]
    public async Task Refund_OfAnOldAttempt_ChangesNothing()
    {
        await _ledger.BeginAsync(_job, 3, TimeSpan.Zero, TimeSpan.Zero, default);
        await BeginAsync();

        await _ledger.RefundAsync(_job, 1, default);

        Assert.Equal(2, (await BeginAsync()).Attempts);
    }

    [Fact]
    public async Task Complete_AfterTheLedgerLostItsData_IsRecordedOnce()
    {
        Assert.Equal(Completion.Recorded, await CompleteAsync(fence: 4));
        Assert.Equal(Completion.AlreadyRecorded, await CompleteAsync(fence: 4));
    }

    [Fact]
    public async Task Complete_ManyAtOnce_RecordsOne()
    {
        await BeginAsync();
        var before = await _ledger.CountAsync(default);

        var completions = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => CompleteAsync(fence: 1)));

        Assert.Single(completions, Completion.Recorded);
        var after = await _ledger.CountAsync(default);
        Assert.Equal((1, 49), (after.Recorded - before.Recorded, after.DuplicatesRefused - before.DuplicatesRefused));
        Assert.Equal(1, after.PerDay["2026-01-01:ODG_SURVEYS"] - before.PerDay.GetValueOrDefault("2026-01-01:ODG_SURVEYS"));
    }

    [Fact]
    public async Task Job_IsForgottenAfterItsRetention()
    {
        await BeginAsync();

        var timeToLive = await redis.Connection.GetDatabase().KeyTimeToLiveAsync(JobKeys.Shared.Job(_job));

        Assert.InRange(timeToLive!.Value, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
    }

    [Fact]
    public async Task PausedRedis_IsUnavailable()
    {
        var impatient = new RedisJobLedger(
            redis.Connection, Options.Create(new JobLedgerOptions { Budget = TimeSpan.FromMilliseconds(50) }), TimeProvider.System, JobKeys.Shared);
        redis.Server.Pause();
        try
        {
            await Assert.ThrowsAsync<JobLedgerUnavailableException>(() => impatient.BeginAsync(_job, 3, Lease, TimeSpan.Zero, default));
        }
        finally
        {
            redis.Server.Resume();
        }
    }

    private Task<AttemptStart> BeginAsync() => _ledger.BeginAsync(_job, 3, Lease, TimeSpan.Zero, default);

    private Task<Completion> CompleteAsync(long fence) => _ledger.CompleteAsync(_job, fence, Result, slack: TimeSpan.Zero, default);

    private static AttemptStart Started(long fence, int attempts) =>
        new(AttemptStartKind.Started, fence, attempts, null, "", TimeSpan.Zero);
}
