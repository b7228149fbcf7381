using ApiPoc.Domain.Jobs;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Redis.Jobs;

/// <summary>Writes steps of many jobs in one round trip.</summary>
internal sealed class LedgerWriter(IConnectionMultiplexer redis, IOptions<JobLedgerOptions> options, JobKeys jobs)
{
    /// <summary>The most steps of one trip: Redis serves nobody else meanwhile, about 10 µs for each.</summary>
    public const int MaxSteps = 100;

    private static readonly RedisScript Script = RedisScript.Load("job-steps");

    /// <summary>Takes the steps, one after the other.</summary>
    /// <returns>For each what the script answered; its first value is -1 where it could not be taken.</returns>
    /// <exception cref="JobLedgerUnavailableException">Redis did not answer; any of them may have been taken.</exception>
    public async Task<IReadOnlyList<RedisValue[]>> WriteAsync(IReadOnlyList<LedgerStep> steps)
    {
        RedisKey[] keys = [jobs.Counts, jobs.Results, .. steps.Select(step => jobs.Job(step.JobId))];
        RedisValue[] values = [(long)options.Value.Retention.TotalMilliseconds, .. steps.SelectMany(step => step.Values)];
        try
        {
            var answers = (RedisResult[])(await Script.EvaluateAsync(redis, keys, values, options.Value.Budget, CancellationToken.None))!;
            return [.. answers.Select(answer => (RedisValue[])answer!)];
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            throw new JobLedgerUnavailableException("Redis did not answer about a job.", failure);
        }
    }
}
