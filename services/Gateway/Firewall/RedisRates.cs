using ApiPoc.Redis;
using StackExchange.Redis;

namespace ApiPoc.Gateway.Firewall;

/// <summary>The rules' counts in Redis, added up over all processes.</summary>
internal sealed class RedisRates(IConnectionMultiplexer redis)
{
    // Small enough that a script never holds Redis for more than a few milliseconds.
    private const int PageSize = 200;
    private const int WindowParts = 30;
    // No call waits for it, and what came too late would be counted twice.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);
    private static readonly RedisScript Script = RedisScript.Load(typeof(RedisRates).Assembly, "firewall-count");

    /// <summary>Adds what <paramref name="rule"/> counted here and takes the sums over.</summary>
    /// <exception cref="RedisException">Redis is gone; so does TimeoutException say.</exception>
    public async Task AddUpAsync(RateRule rule, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var page in rule.Counter.Counts.Chunk(PageSize))
        {
            long[] added = [.. page.Select(count => count.Value.Pending)];
            RedisKey[] keys = [.. page.Select(count => (RedisKey)$"gateway:firewall:{{{rule.Name}}}:{count.Key}")];
            RedisValue[] arguments = [(long)rule.Definition.Window.TotalMilliseconds, WindowParts, .. added.Select(count => (RedisValue)count)];
            var sums = (RedisValue[])(await Script.EvaluateAsync(redis, keys, arguments, Budget, cancellationToken))!;
            for (int index = 0; index < page.Length; index++)
            {
                var (network, count) = page[index];
                count.Update(added[index], (long)sums[index], rule.Definition.Limit, rule.Definition.DetectionDelay, clock);
                if ((long)sums[index] == 0)
                    rule.Counter.Forget(network, count);
            }
        }
    }
}
