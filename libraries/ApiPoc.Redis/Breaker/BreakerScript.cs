using ApiPoc.Domain.Breaker;
using StackExchange.Redis;

namespace ApiPoc.Redis.Breaker;

/// <summary>Runs the breaker's scripts.</summary>
internal static class BreakerScript
{
    /// <exception cref="BreakerUnavailableException">Redis did not answer.</exception>
    public static async Task<RedisResult> RunAsync(
        RedisScript script, IConnectionMultiplexer redis, RedisKey[] keys, RedisValue[] values, TimeSpan budget, CancellationToken cancellationToken)
    {
        try
        {
            return await script.EvaluateAsync(redis, keys, values, budget, cancellationToken);
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            throw new BreakerUnavailableException("Redis did not answer about a breaker.", failure);
        }
    }
}
