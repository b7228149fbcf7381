using System.Collections.Concurrent;
using ApiPoc.Domain.Breaker;
using ApiPoc.Redis.Gathering;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Redis.Breaker;

/// <summary>
/// Counts calls in Redis. Failures at once, for they may open the breaker; successes, of which there are many and which only weigh against
/// failures, together: within a second or so, or with the next failure.
/// </summary>
internal sealed class RedisFailureWindow(
    IConnectionMultiplexer redis, IOptions<BreakerStoreOptions> options, TimeProvider clock, ILogger<RedisFailureWindow> logger)
    : IFailureWindow, IGathering
{
    private const int SlicesPerWindow = 10;
    private static readonly RedisScript Script = RedisScript.Load("breaker-count");

    private readonly ConcurrentDictionary<string, Api> _apis = new(StringComparer.Ordinal);

    public void CountSuccess(string apiId, long epoch, TimeSpan window)
    {
        var api = ApiOf(apiId);
        api.Window = window;
        api.Successes.Add(epoch);
        var slice = window / SlicesPerWindow;
        api.Write.Within(slice < options.Value.GatherSuccesses ? slice : options.Value.GatherSuccesses);
    }

    public Task<CallTally> CountFailureAsync(string apiId, long epoch, TimeSpan window, CancellationToken cancellationToken) =>
        CountAsync(apiId, epoch, ApiOf(apiId).Successes.Take(epoch) + 1, failures: 1, window, cancellationToken);

    public Task WriteAsync() => Task.WhenAll(_apis.Keys.Select(WriteAsync));

    private async Task WriteAsync(string apiId)
    {
        var api = ApiOf(apiId);
        var (epoch, calls) = api.Successes.Take();
        if (calls == 0)
            return;
        try
        {
            await CountAsync(apiId, epoch, calls, failures: 0, api.Window, CancellationToken.None);
        }
        catch (BreakerUnavailableException failure)
        {
            // Told later they would weigh against the failures of another time.
            logger.SuccessesLost(calls, apiId, failure.Message);
        }
    }

    private async Task<CallTally> CountAsync(
        string apiId, long epoch, long calls, int failures, TimeSpan window, CancellationToken cancellationToken)
    {
        var answer = await BreakerScript.RunAsync(
            Script, redis, [BreakerKeys.Calls(apiId)], [epoch, calls, failures, (long)window.TotalMilliseconds], options.Value.Budget, cancellationToken);
        var totals = (RedisValue[])answer!;
        return new((long)totals[0], (long)totals[1]);
    }

    private Api ApiOf(string apiId) => _apis.GetOrAdd(apiId, id => new Api(new Deferred(() => WriteAsync(id), clock)));

    private sealed class Api(Deferred write)
    {
        public GatheredSuccesses Successes { get; } = new();

        public Deferred Write { get; } = write;

        public TimeSpan Window { get; set; }
    }
}
