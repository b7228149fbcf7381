using ApiPoc.Redis;
using StackExchange.Redis;

namespace ApiPoc.Gateway.Outages;

/// <summary>
/// Knows whether Redis is away. Whoever meets a failure reports it; from then on no call asks Redis, and so none waits for it, until
/// a probe in the background has found it again.
/// </summary>
internal sealed class RedisOutage(IConnectionMultiplexer redis, TimeProvider clock, ILogger<RedisOutage> logger) : IDisposable
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _stop = new();
    private int _isProbing;

    /// <summary>Whether Redis is known to be away.</summary>
    public bool IsKnown => Volatile.Read(ref _isProbing) == 1;

    /// <summary>Redis did not answer, or refused.</summary>
    public void Report(Exception failure)
    {
        if (Interlocked.Exchange(ref _isProbing, 1) == 1)
            return;
        logger.RedisAway(failure.Message);
        _ = ProbeAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task ProbeAsync()
    {
        var stop = _stop.Token;
        while (!await AnswersAsync() && !stop.IsCancellationRequested)
            await Task.Delay(Pause, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Volatile.Write(ref _isProbing, 0);
        logger.RedisBack();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await redis.GetDatabase().PingAsync().WaitAsync(Budget, clock);
            return true;
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            return false;
        }
    }
}
