using System.Collections.Concurrent;
using ApiPoc.Domain.Jobs;
using ApiPoc.Redis.Gathering;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Redis.Jobs;

/// <summary>Invocations in the hash <c>stats:invoke</c>, written together every five seconds.</summary>
internal sealed class RedisInvocationStats : IInvocationStats, IGathering
{
    private static readonly TimeSpan GatherFor = TimeSpan.FromSeconds(5);

    private readonly IConnectionMultiplexer _redis;
    private readonly IOptions<JobLedgerOptions> _options;
    private readonly TimeProvider _clock;
    private readonly Deferred _write;
    private readonly ConcurrentDictionary<string, long> _gathered = new(StringComparer.Ordinal);

    public RedisInvocationStats(IConnectionMultiplexer redis, IOptions<JobLedgerOptions> options, TimeProvider clock)
    {
        (_redis, _options, _clock) = (redis, options, clock);
        _write = new(WriteAsync, clock);
    }

    public void Count(string apiId)
    {
        _gathered.AddOrUpdate(JobKeys.Day(_clock.GetUtcNow(), apiId).ToString(), 1, (_, count) => count + 1);
        _write.Within(GatherFor);
    }

    public async Task<IReadOnlyDictionary<string, long>> ReadAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(); // whoever asks sees what this process did up to now
        return await CountsHash.ReadAsync(_redis, JobKeys.Invocations, _options.Value.Budget, cancellationToken);
    }

    public async Task WriteAsync()
    {
        try
        {
            foreach (string day in _gathered.Keys)
            {
                if (_gathered.TryRemove(day, out long count))
                    await _redis.GetDatabase().HashIncrementAsync(JobKeys.Invocations, day, count).WaitAsync(_options.Value.Budget);
            }
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            // A statistic for people is not worth a job's delay, nor memory.
        }
    }
}
