using ApiPoc.Domain.Jobs;
using StackExchange.Redis;

namespace ApiPoc.Redis.Jobs;

/// <summary>A hash whose values are counts.</summary>
internal static class CountsHash
{
    /// <exception cref="JobLedgerUnavailableException">Redis did not answer.</exception>
    public static async Task<IReadOnlyDictionary<string, long>> ReadAsync(
        IConnectionMultiplexer redis, RedisKey hash, TimeSpan budget, CancellationToken cancellationToken)
    {
        try
        {
            var entries = await redis.GetDatabase().HashGetAllAsync(hash).WaitAsync(budget, cancellationToken);
            return new SortedDictionary<string, long>(
                entries.ToDictionary(entry => entry.Name.ToString(), entry => (long)entry.Value), StringComparer.Ordinal);
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            throw new JobLedgerUnavailableException("Redis did not answer about counts.", failure);
        }
    }
}
