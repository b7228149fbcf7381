using System.Globalization;
using StackExchange.Redis;

namespace ApiPoc.Gateway.Usage;

/// <summary>The daily counts in Redis: one hash per plan and key, day → requests, kept for a quarter.</summary>
internal sealed class RedisUsage(IConnectionMultiplexer redis)
{
    private const string DayFormat = "yyyy-MM-dd";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(100);
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    /// <summary>Adds counts.</summary>
    /// <exception cref="RedisException">Redis is gone; so does TimeoutException say. Part of the counts may have been added.</exception>
    public async Task AddAsync(IReadOnlyList<(UsageDay Day, long Count)> counts)
    {
        var database = redis.GetDatabase();
        await Task.WhenAll(counts.SelectMany(count => new Task[]
        {
            database.HashIncrementAsync(Key(count.Day.PlanId, count.Day.KeyId), Field(count.Day.Day), count.Count),
            database.KeyExpireAsync(Key(count.Day.PlanId, count.Day.KeyId), Kept),
        })).WaitAsync(Budget);
    }

    /// <summary>Reads the counts of one key.</summary>
    /// <exception cref="RedisException">Redis is gone; so does TimeoutException say.</exception>
    public async Task<IReadOnlyDictionary<DateOnly, long>> ReadAsync(string planId, string keyId)
    {
        var entries = await redis.GetDatabase().HashGetAllAsync(Key(planId, keyId)).WaitAsync(Budget);
        return entries.ToDictionary(entry => DateOnly.ParseExact(entry.Name.ToString(), DayFormat, CultureInfo.InvariantCulture), entry => (long)entry.Value);
    }

    private static RedisKey Key(string planId, string keyId) => $"gateway:usage:{planId}:{keyId}";

    private static RedisValue Field(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);
}
