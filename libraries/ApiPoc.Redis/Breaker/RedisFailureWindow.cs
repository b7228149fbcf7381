using System.Collections.Concurrent;
using ApiPoc.Domain.Breaker;
using ApiPoc.Redis.Gathering;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Redis.Breaker;

/// <summary>
/// Counts calls in Redis. Failures at once, for they may open the breaker; successes, of which there are many and which only weigh against
/// failures, together: within seconds, with the next failure, or when somebody recounts. However late, they are counted as of when they were.
/// </summary>
internal sealed class RedisFailureWindow(
    IConnectionMultiplexer redis, IOptions<BreakerStoreOptions> options, TimeProvider clock, ILogger<RedisFailureWindow> logger)
    : IFailureWindow, IGathering
{
    private const int SlicesPerWindow = 10;

    // As long as it may take until others have heard and counted; it is spent only before a breaker opens.
    private static readonly TimeSpan RecountTime = TimeSpan.FromMilliseconds(50);
    private static readonly RedisScript Script = RedisScript.Load("breaker-count");

    private readonly ConcurrentDictionary<string, Api> _apis = new(StringComparer.Ordinal);
    private int _isListening;

    public void CountSuccess(string apiId, long epoch, TimeSpan window)
    {
        var api = ApiOf(apiId);
        api.Window = window;
        api.Successes.Add(epoch, together: window / SlicesPerWindow);
        api.Write.Within(window / 2 < options.Value.GatherSuccesses ? window / 2 : options.Value.GatherSuccesses);
        if (Interlocked.Exchange(ref _isListening, 1) == 0)
            _ = ListenAsync();
    }

    public Task<CallTally> CountFailureAsync(string apiId, long epoch, TimeSpan window, CancellationToken cancellationToken) =>
        CountAsync(apiId, epoch, ApiOf(apiId).Successes.Take(epoch), failures: 1, window, cancellationToken);

    public async Task<CallTally> RecountAsync(string apiId, long epoch, TimeSpan window, CancellationToken cancellationToken)
    {
        try
        {
            var channel = new RedisChannel(BreakerKeys.RecountsChannel, RedisChannel.PatternMode.Literal);
            await redis.GetSubscriber().PublishAsync(channel, apiId).WaitAsync(options.Value.Budget, cancellationToken);
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            throw new BreakerUnavailableException("Redis did not take the notice of a recount.", failure);
        }
        await Task.Delay(RecountTime, clock, cancellationToken);
        return await CountAsync(apiId, epoch, ApiOf(apiId).Successes.Take(epoch), failures: 0, window, cancellationToken);
    }

    public Task WriteAsync() => Task.WhenAll(_apis.Keys.Select(WriteAsync));

    // For as long as the connection lives, from the first call on that could have to be told.
    private async Task ListenAsync()
    {
        try
        {
            await RedisSubscription.StartAsync(redis, BreakerKeys.RecountsChannel, apiId => _ = WriteAsync(apiId), onGap: null, CancellationToken.None);
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            Interlocked.Exchange(ref _isListening, 0); // the next call tries again
        }
    }

    private async Task WriteAsync(string apiId)
    {
        if (!_apis.TryGetValue(apiId, out var api) || api.Successes.Take() is not (var epoch, { Count: > 0 } successes))
            return;
        try
        {
            await CountAsync(apiId, epoch, successes, failures: 0, api.Window, CancellationToken.None);
        }
        catch (BreakerUnavailableException failure)
        {
            // They may have been counted; twice they would weigh too much.
            logger.SuccessesLost(successes.Sum(group => group.Calls), apiId, failure.Message);
        }
    }

    private async Task<CallTally> CountAsync(
        string apiId, long epoch, IReadOnlyList<Successes> successes, int failures, TimeSpan window, CancellationToken cancellationToken)
    {
        RedisValue[] values =
        [
            epoch, failures, (long)window.TotalMilliseconds,
            .. successes.SelectMany(group => new RedisValue[] { (long)group.Ago.TotalMilliseconds, group.Calls }),
        ];
        var answer = await BreakerScript.RunAsync(Script, redis, [BreakerKeys.Calls(apiId)], values, options.Value.Budget, cancellationToken);
        var totals = (RedisValue[])answer!;
        return new((long)totals[0], (long)totals[1]);
    }

    private Api ApiOf(string apiId) => _apis.GetOrAdd(apiId, id => new Api(new(clock), new(() => WriteAsync(id), clock)));

    private sealed class Api(GatheredSuccesses successes, Deferred write)
    {
        public GatheredSuccesses Successes { get; } = successes;

        public Deferred Write { get; } = write;

        public TimeSpan Window { get; set; }
    }
}
