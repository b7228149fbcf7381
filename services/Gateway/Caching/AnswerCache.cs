using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ApiPoc.Gateway.Outages;
using ApiPoc.Gateway.Responses;
using ApiPoc.Redis;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Gateway.Caching;

/// <summary>
/// Answers kept in Redis for all processes, and for a moment in this one. An entry replaced by another process is seen here once that
/// moment is over; a flush is seen at once, for it changes every key. Without Redis there is no cache, and calls go on.
/// </summary>
internal sealed class AnswerCache(IConnectionMultiplexer redis, RedisOutage outage, IOptions<CachingOptions> options, TimeProvider clock) : IDisposable
{
    private const string Prefix = "gateway:cache:";
    private const long NearBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan NearTtl = TimeSpan.FromSeconds(1);
    private readonly MemoryCache _near = new(new MemoryCacheOptions { SizeLimit = NearBytes });

    /// <summary>Finds an entry in this process.</summary>
    public BufferedAnswer? FindNear(string key) => _near.Get<BufferedAnswer>(key);

    /// <summary>Finds an entry in Redis.</summary>
    public async ValueTask<BufferedAnswer?> FindFarAsync(string key, CancellationToken cancellationToken)
    {
        if (outage.IsKnown)
            return null;
        try
        {
            var entry = await redis.GetDatabase().StringGetWithExpiryAsync(FarKey(key)).WaitAsync(options.Value.Timeout, clock, cancellationToken);
            if (entry.Value.IsNull || AnswerCodec.Read((byte[])entry.Value!) is not { } answer)
                return null;
            KeepNear(key, answer, entry.Expiry ?? NearTtl);
            return answer;
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            outage.Report(failure);
            return null;
        }
    }

    /// <summary>Keeps an entry. Nobody waits until Redis has it.</summary>
    public void Keep(string key, BufferedAnswer answer, TimeSpan ttl)
    {
        KeepNear(key, answer, ttl);
        if (outage.IsKnown)
            return;
        try
        {
            _ = redis.GetDatabase().StringSetAsync(FarKey(key), AnswerCodec.Write(answer), ttl, When.Always, CommandFlags.FireAndForget);
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            outage.Report(failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _near.Dispose();

    // Keys hold what callers sent, secrets at times and as long as they please.
    private static RedisKey FarKey(string key) => Prefix + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private void KeepNear(string key, BufferedAnswer answer, TimeSpan ttl) => _near.Set(key, answer, new MemoryCacheEntryOptions
    {
        Size = answer.Body.Length + (key.Length * sizeof(char)) + 1024,
        AbsoluteExpirationRelativeToNow = ttl < NearTtl ? ttl : NearTtl,
    });
}
