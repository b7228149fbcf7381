using System.Text.Json;
using ApiPoc.Domain.Jobs;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Redis.Jobs;

/// <summary>The ledger in Redis: one hash per job, changed by scripts only.</summary>
internal sealed class RedisJobLedger(IConnectionMultiplexer redis, IOptions<JobLedgerOptions> options, TimeProvider clock) : IJobLedger
{
    private static readonly RedisScript BeginScript = RedisScript.Load("job-begin");
    private static readonly RedisScript CompleteScript = RedisScript.Load("job-complete");
    private static readonly RedisScript EndScript = RedisScript.Load("job-end");

    private long RetentionMs => (long)options.Value.Retention.TotalMilliseconds;

    public async Task<AttemptStart> BeginAsync(string jobId, int maxAttempts, TimeSpan lease, CancellationToken cancellationToken)
    {
        RedisValue[] values = [maxAttempts, (long)lease.TotalMilliseconds, RetentionMs];
        var answer = (RedisValue[])(await RunAsync(BeginScript, [JobKeys.Job(jobId), JobKeys.Counts], values, cancellationToken))!;
        return new(
            (AttemptStartKind)(int)answer[0], (long)answer[1], (int)answer[2],
            answer[3].ToString() is { Length: > 0 } status ? int.Parse(status) : null, answer[4].ToString(),
            TimeSpan.FromMilliseconds((long)answer[5]));
    }

    public async Task<Completion> CompleteAsync(string jobId, long fence, JobResult result, CancellationToken cancellationToken)
    {
        var day = JobKeys.Day(clock.GetUtcNow(), result.ApiId);
        RedisValue[] values = [fence, JsonSerializer.Serialize(result, JsonSerializerOptions.Web), day, RetentionMs];
        var answer = await RunAsync(CompleteScript, [JobKeys.Job(jobId), JobKeys.Counts, JobKeys.Results], values, cancellationToken);
        return (Completion)(int)answer;
    }

    public Task RefundAsync(string jobId, long fence, CancellationToken cancellationToken) =>
        EndAsync(jobId, [fence, "refund", "", ""], cancellationToken);

    public Task FailAsync(string jobId, long fence, int? statusCode, string reason, CancellationToken cancellationToken) =>
        EndAsync(jobId, [fence, "fail", statusCode is { } status ? status : "", reason], cancellationToken);

    public Task AbandonAsync(string jobId, CancellationToken cancellationToken) =>
        EndAsync(jobId, ["", "abandon", "", ""], cancellationToken);

    public async Task<LedgerCounts> CountAsync(CancellationToken cancellationToken)
    {
        var counts = await ReadAsync(JobKeys.Counts, cancellationToken);
        var perDay = await ReadAsync(JobKeys.Results, cancellationToken);
        return new(
            counts.GetValueOrDefault("recorded"), counts.GetValueOrDefault("duplicates_refused"),
            counts.GetValueOrDefault("stale_completions"), perDay);
    }

    private async Task EndAsync(string jobId, RedisValue[] values, CancellationToken cancellationToken) =>
        await RunAsync(EndScript, [JobKeys.Job(jobId)], values, cancellationToken);

    private async Task<RedisResult> RunAsync(RedisScript script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        try
        {
            return await script.EvaluateAsync(redis, keys, values, options.Value.Budget, cancellationToken);
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            throw new JobLedgerUnavailableException("Redis did not answer about a job.", failure);
        }
    }

    private Task<IReadOnlyDictionary<string, long>> ReadAsync(RedisKey hash, CancellationToken cancellationToken) =>
        CountsHash.ReadAsync(redis, hash, options.Value.Budget, cancellationToken);
}
