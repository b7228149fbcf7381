using ApiPoc.Domain.Breaker;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Redis.Breaker;

/// <summary>Breakers in Redis, which also keeps their clock: no process's own clock decides anything.</summary>
internal sealed class RedisBreakerStore(IConnectionMultiplexer redis, IOptions<BreakerStoreOptions> options) : IBreakerStore
{
    private static readonly RedisScript ReadScript = RedisScript.Load("breaker-read");
    private static readonly RedisScript WriteScript = RedisScript.Load("breaker-write");

    public async Task<BreakerReading> ReadAsync(string apiId, CancellationToken cancellationToken)
    {
        var result = await RunAsync(ReadScript, [BreakerKeys.Details(apiId)], [], cancellationToken);
        return BreakerFields.Read((RedisValue[])result!);
    }

    public async Task<bool> TryWriteAsync(string apiId, long expectedEpoch, BreakerState next, CancellationToken cancellationToken)
    {
        RedisValue[] values = [expectedEpoch, .. BreakerFields.Write(next), BreakerKeys.ChangesChannel, apiId];
        var result = await RunAsync(WriteScript, [BreakerKeys.Details(apiId), BreakerKeys.State(apiId)], values, cancellationToken);
        return (long)result == 1;
    }

    public async Task<IAsyncDisposable> SubscribeAsync(Action<string?> onChange, CancellationToken cancellationToken)
    {
        try
        {
            return await RedisSubscription.StartAsync(redis, BreakerKeys.ChangesChannel, onChange, onGap: () => onChange(null), cancellationToken);
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            throw new BreakerUnavailableException("Redis did not take the subscription to breaker changes.", failure);
        }
    }

    private Task<RedisResult> RunAsync(RedisScript script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken) =>
        BreakerScript.RunAsync(script, redis, keys, values, options.Value.Budget, cancellationToken);
}
