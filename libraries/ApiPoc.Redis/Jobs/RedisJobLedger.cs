using ApiPoc.Domain.Jobs;
using ApiPoc.Redis.Gathering;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Redis.Jobs;

/// <summary>The ledger in Redis: one hash per job, changed by a script only, which takes the steps of many jobs in one round trip.</summary>
internal sealed class RedisJobLedger(IConnectionMultiplexer redis, IOptions<JobLedgerOptions> options, TimeProvider clock, JobKeys jobs) : IJobLedger, IDisposable
{
    // From a call's moment back to when its begin must leave, on a machine that has other things to do as well.
    private static readonly TimeSpan TripAllowance = TimeSpan.FromMilliseconds(100);

    // However much time there is, a begin that is not written protects from no duplicate.
    private static readonly TimeSpan LongestPatience = TimeSpan.FromMilliseconds(250);

    // So many ends fill a trip well enough.
    private const int Many = 20;

    private readonly SharedTrips<LedgerStep, RedisValue[]> _trips = new(new LedgerWriter(redis, options, jobs).WriteAsync, LedgerWriter.MaxSteps, clock);
    private int _underWay;
    private int _endsWaiting;

    public async Task<AttemptStart> BeginAsync(
        string jobId, int maxAttempts, TimeSpan lease, TimeSpan slack, CancellationToken cancellationToken)
    {
        var patience = slack - TripAllowance;
        var answer = await TakeAsync(
            LedgerStep.Begin(jobId, maxAttempts, lease), patience < LongestPatience ? patience : LongestPatience, cancellationToken);
        var kind = (AttemptStartKind)(int)answer[0];
        if (kind == AttemptStartKind.Started)
            Interlocked.Increment(ref _underWay);
        return new(
            kind, (long)answer[1], (int)answer[2], StatusOf(answer[3]), answer[4].ToString(), TimeSpan.FromMilliseconds((long)answer[5]));
    }

    public async Task<Completion> CompleteAsync(string jobId, long fence, JobResult result, TimeSpan slack, CancellationToken cancellationToken)
    {
        var step = LedgerStep.Complete(jobId, fence, result, JobKeys.Day(clock.GetUtcNow(), result.ApiId));
        return (Completion)(int)(await EndAsync(step, slack, cancellationToken))[0];
    }

    public Task RefundAsync(string jobId, long fence, CancellationToken cancellationToken) =>
        EndAsync(LedgerStep.Refund(jobId, fence), TimeSpan.Zero, cancellationToken);

    public async Task<bool> FailAsync(string jobId, long fence, int? statusCode, string reason, TimeSpan slack, CancellationToken cancellationToken) =>
        (int)(await EndAsync(LedgerStep.Fail(jobId, fence, statusCode, reason), slack, cancellationToken))[0] == 1;

    public async Task<bool> GiveUpAsync(string jobId, long fence, int? statusCode, string reason, CancellationToken cancellationToken) =>
        (int)(await EndAsync(LedgerStep.GiveUp(jobId, fence, statusCode, reason), TimeSpan.Zero, cancellationToken))[0] == 1;

    public async Task<bool> ReopenAsync(string jobId, string redrive, CancellationToken cancellationToken) =>
        (int)(await TakeAsync(LedgerStep.Reopen(jobId, redrive), TimeSpan.Zero, cancellationToken))[0] == 1;

    public Task AbandonAsync(string jobId, CancellationToken cancellationToken) =>
        TakeAsync(LedgerStep.Abandon(jobId), TimeSpan.Zero, cancellationToken);

    public async Task<JobRecord> LookAsync(string jobId, CancellationToken cancellationToken)
    {
        var answer = await TakeAsync(LedgerStep.Look(jobId), TimeSpan.Zero, cancellationToken);
        return new((JobStanding)(int)answer[0], (int)answer[1], StatusOf(answer[2]), answer[3].ToString(), TimeSpan.FromMilliseconds((long)answer[4]));
    }

    public async Task<LedgerCounts> CountAsync(CancellationToken cancellationToken)
    {
        var counts = await ReadAsync(jobs.Counts, cancellationToken);
        var perDay = await ReadAsync(jobs.Results, cancellationToken);
        return new(
            counts.GetValueOrDefault("recorded"), counts.GetValueOrDefault("duplicates_refused"),
            counts.GetValueOrDefault("stale_completions"), perDay);
    }

    public void Dispose() => _trips.Dispose();

    // A burst's last end takes all along.
    private async Task<RedisValue[]> EndAsync(LedgerStep step, TimeSpan slack, CancellationToken cancellationToken)
    {
        int others = Interlocked.Decrement(ref _underWay);
        if (others < 0)
            Interlocked.Exchange(ref _underWay, 0);
        int ends = Interlocked.Increment(ref _endsWaiting);
        try
        {
            var patience = others <= 0 || ends >= Many ? TimeSpan.Zero : slack < options.Value.Gather ? slack : options.Value.Gather;
            return await TakeAsync(step, patience, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _endsWaiting);
        }
    }

    private async Task<RedisValue[]> TakeAsync(LedgerStep step, TimeSpan patience, CancellationToken cancellationToken)
    {
        var answer = await _trips.AddAsync(step, patience).WaitAsync(cancellationToken);
        return (int)answer[0] >= 0 ? answer : throw new JobLedgerUnavailableException($"Redis refused a job's step: {answer[1]}");
    }

    private static int? StatusOf(RedisValue text) => text.ToString() is { Length: > 0 } status ? int.Parse(status) : null;

    private Task<IReadOnlyDictionary<string, long>> ReadAsync(RedisKey hash, CancellationToken cancellationToken) =>
        CountsHash.ReadAsync(redis, hash, options.Value.Budget, cancellationToken);
}
