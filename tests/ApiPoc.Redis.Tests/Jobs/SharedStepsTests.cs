using ApiPoc.Domain.Jobs;
using ApiPoc.Redis.Jobs;
using ApiPoc.Testing;
using Microsoft.Extensions.Options;

namespace ApiPoc.Redis.Tests.Jobs;

/// <summary>The steps of many jobs in one round trip. Alone on its server, whose scripts it counts.</summary>
public sealed class SharedStepsTests : IClassFixture<RedisFixture>, IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly JobResult Result = new(JobOperation.NewSurveys, "ODG_SURVEYS", "survey/1", 200, "{\"surveys\":1}");
    private readonly ManualTimeProvider _clock = new();
    private readonly RedisFixture _redis;
    private readonly RedisJobLedger _ledger;

    public SharedStepsTests(RedisFixture redis)
    {
        _redis = redis;
        _ledger = new(redis.Connection, Options.Create(new JobLedgerOptions { Budget = TimeSpan.FromSeconds(10) }), _clock, JobKeys.Shared);
    }

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task JobsOfABurst_BeginAndCompleteInTwoTrips()
    {
        string[] jobs = [.. Enumerable.Range(0, 17).Select(_ => NewJob())];
        var (trips, before) = (await CountTripsAsync(), await _ledger.CountAsync(default));

        var begins = jobs.Select(job => _ledger.BeginAsync(job, 3, Lease, Slack, default)).ToArray();
        _clock.Advance(TimeSpan.FromMilliseconds(150));
        var started = await Task.WhenAll(begins).WaitAsync(Timeout);
        // The last one under way waits for nobody.
        var completed = await Task.WhenAll(jobs.Select(job => _ledger.CompleteAsync(job, 1, Result, Slack, default))).WaitAsync(Timeout);

        Assert.All(started, start => Assert.Equal(new(AttemptStartKind.Started, 1, 1, null, "", TimeSpan.Zero), start));
        Assert.All(completed, completion => Assert.Equal(Completion.Recorded, completion));
        Assert.Equal(2, await CountTripsAsync() - trips);
        Assert.Equal(17, (await _ledger.CountAsync(default)).Recorded - before.Recorded);
    }

    [Theory]
    [InlineData(2, 1_000, 100)]
    [InlineData(40, 1_000, 100)]
    [InlineData(40, 7, 7)]
    public async Task Result_WhileOthersAreUnderWay_WaitsAsLongAsItMay(int others, int slack, int milliseconds)
    {
        string job = NewJob();
        await Task.WhenAll(Enumerable.Range(0, others).Select(_ => BeginAtOnceAsync(NewJob())).Append(BeginAtOnceAsync(job)));
        int trips = await CountTripsAsync();

        var end = _ledger.CompleteAsync(job, 1, Result, TimeSpan.FromMilliseconds(slack), default);
        _clock.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        Assert.Equal(trips, await CountTripsAsync());
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(Completion.Recorded, await end.WaitAsync(Timeout));
        Assert.Equal(trips + 1, await CountTripsAsync());
    }

    [Fact]
    public async Task EndsOfABurst_WaitForItsLast()
    {
        string[] jobs = [.. Enumerable.Range(0, 17).Select(_ => NewJob())];
        await Task.WhenAll(jobs.Select(BeginAtOnceAsync));
        int trips = await CountTripsAsync();
        List<Task<Completion>> ends = [];

        foreach (string job in jobs[..16])
        {
            ends.Add(_ledger.CompleteAsync(job, 1, Result, Slack, default));
            _clock.Advance(TimeSpan.FromMilliseconds(3));
        }
        Assert.Equal(trips, await CountTripsAsync());
        ends.Add(_ledger.CompleteAsync(jobs[16], 1, Result, Slack, default));

        Assert.All(await Task.WhenAll(ends).WaitAsync(Timeout), end => Assert.Equal(Completion.Recorded, end));
        Assert.Equal(trips + 1, await CountTripsAsync());
    }

    [Fact]
    public async Task TwentyEnds_WaitForNoMore()
    {
        string[] jobs = [.. Enumerable.Range(0, 40).Select(_ => NewJob())];
        await Task.WhenAll(jobs.Select(BeginAtOnceAsync));
        int trips = await CountTripsAsync();

        var first = jobs[..19].Select(job => _ledger.CompleteAsync(job, 1, Result, Slack, default)).ToArray();
        Assert.Equal(trips, await CountTripsAsync());
        var twentieth = _ledger.CompleteAsync(jobs[19], 1, Result, Slack, default);

        Assert.All(await Task.WhenAll([.. first, twentieth]).WaitAsync(Timeout), end => Assert.Equal(Completion.Recorded, end));
        Assert.Equal(trips + 1, await CountTripsAsync());
    }

    [Fact]
    public async Task StepsOfOneTrip_AreAnsweredEachForItself()
    {
        var (done, failing, throttled, fresh) = (NewJob(), NewJob(), NewJob(), NewJob());
        foreach (string job in new[] { done, failing, throttled, NewJob(), NewJob() })
            await BeginAtOnceAsync(job);
        int trips = await CountTripsAsync();

        var complete = _ledger.CompleteAsync(done, 1, Result, Slack, default);
        var again = _ledger.CompleteAsync(done, 1, Result, Slack, default);
        var fail = _ledger.FailAsync(failing, 1, 503, "503", Slack, default);
        var start = _ledger.BeginAsync(fresh, 3, Lease, slack: Timeout, default);
        var refund = _ledger.RefundAsync(throttled, 1, default); // waits for nothing and takes the others along
        await Task.WhenAll(complete, again, fail, start, refund).WaitAsync(Timeout);
        Assert.Equal(trips + 1, await CountTripsAsync());

        Assert.Equal(AttemptStartKind.Started, (await start).Kind);
        Assert.Equal((Completion.Recorded, Completion.AlreadyRecorded), (await complete, await again));
        Assert.Equal(new(AttemptStartKind.Started, 2, 2, 503, "503", TimeSpan.Zero), await BeginAtOnceAsync(failing));
        Assert.Equal(new(AttemptStartKind.Started, 2, 1, null, "", TimeSpan.Zero), await BeginAtOnceAsync(throttled));
        Assert.Equal(AttemptStartKind.AlreadyCompleted, (await BeginAtOnceAsync(done)).Kind);
    }

    [Fact]
    public async Task StepThatCannotBeTaken_SpoilsNoOther()
    {
        var (spoilt, fine) = (NewJob(), NewJob());
        await BeginAtOnceAsync(fine);
        await BeginAtOnceAsync(NewJob());
        await _redis.Connection.GetDatabase().StringSetAsync(JobKeys.Shared.Job(spoilt), "not a hash");

        var end = _ledger.CompleteAsync(fine, 1, Result, Slack, default);
        var refusal = await Assert.ThrowsAsync<JobLedgerUnavailableException>(() => BeginAtOnceAsync(spoilt));

        Assert.Contains("WRONGTYPE", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Completion.Recorded, await end.WaitAsync(Timeout));
    }

    [Fact]
    public async Task Begin_NeverWaitsUntilItsCallsMoment()
    {
        var begin = _ledger.BeginAsync(NewJob(), 3, Lease, slack: TimeSpan.FromMilliseconds(120), default);

        _clock.Advance(TimeSpan.FromMilliseconds(20)); // a trip's time before

        Assert.Equal(AttemptStartKind.Started, (await begin.WaitAsync(Timeout)).Kind);
    }

    [Fact]
    public async Task Abandon_GoesAtOnce() => await _ledger.AbandonAsync(NewJob(), default).WaitAsync(Timeout);

    [Fact]
    public async Task PausedRedis_FailsEveryJobThatWaits()
    {
        using var impatient = new RedisJobLedger(
            _redis.Connection, Options.Create(new JobLedgerOptions { Budget = TimeSpan.FromMilliseconds(50), Gather = TimeSpan.Zero }), TimeProvider.System, JobKeys.Shared);
        _redis.Server.Pause();
        try
        {
            var steps = Enumerable.Range(0, 20).Select(_ => impatient.CompleteAsync(NewJob(), 1, Result, Slack, default)).ToArray();
            foreach (var step in steps)
                await Assert.ThrowsAsync<JobLedgerUnavailableException>(() => step.WaitAsync(Timeout));
        }
        finally
        {
            _redis.Server.Resume();
        }
    }

    private Task<AttemptStart> BeginAtOnceAsync(string job) => _ledger.BeginAsync(job, 3, Lease, TimeSpan.Zero, default).WaitAsync(Timeout);

    private async Task<int> CountTripsAsync()
    {
        var stats = (string)(await _redis.Connection.GetDatabase().ExecuteAsync("INFO", "commandstats"))!;
        return stats.Split('\n').Where(line => line.StartsWith("cmdstat_eval", StringComparison.Ordinal))
            .Sum(line => int.Parse(line.Split("calls=")[1].Split(',')[0]));
    }

    private static string NewJob() => $"job-{Guid.NewGuid():N}";
}
