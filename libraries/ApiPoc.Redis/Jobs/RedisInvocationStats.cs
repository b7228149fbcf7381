using ApiPoc.Domain.Jobs;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Redis.Jobs;

/// <summary>Invocations in the hash <c>stats:invoke</c>, counted without waiting for the answer.</summary>
internal sealed class RedisInvocationStats(IConnectionMultiplexer redis, IOptions<JobLedgerOptions> options, TimeProvider clock)
    : IInvocationStats
{
    public void Count(string apiId)
    {
        try
        {
            _ = redis.GetDatabase().HashIncrementAsync(
                JobKeys.Invocations, JobKeys.Day(clock.GetUtcNow(), apiId), 1, CommandFlags.FireAndForget);
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            // A statistic for people is not worth a job's delay.
        }
    }

    public Task<IReadOnlyDictionary<string, long>> ReadAsync(CancellationToken cancellationToken) =>
        CountsHash.ReadAsync(redis, JobKeys.Invocations, options.Value.Budget, cancellationToken);
}
