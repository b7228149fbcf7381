using StackExchange.Redis;

namespace ApiPoc.Redis;

/// <summary>A subscription to a channel, for as long as it is not disposed; the client renews it after a lost connection.</summary>
internal sealed class RedisSubscription : IAsyncDisposable
{
    private readonly ISubscriber _subscriber;
    private readonly RedisChannel _channel;
    private readonly IConnectionMultiplexer _redis;
    private readonly Action<RedisChannel, RedisValue> _handler;
    private readonly EventHandler<ConnectionFailedEventArgs> _restored;

    private RedisSubscription(IConnectionMultiplexer redis, string channel, Action<string> onMessage, Action? onGap)
    {
        (_redis, _subscriber) = (redis, redis.GetSubscriber());
        _channel = new RedisChannel(channel, RedisChannel.PatternMode.Literal);
        _handler = (_, message) => onMessage(message.ToString());
        _restored = (_, connection) =>
        {
            if (connection.ConnectionType == ConnectionType.Subscription)
                onGap?.Invoke();
        };
    }

    /// <summary>Subscribes.</summary>
    /// <param name="redis">The connection.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="onMessage">Called with every message; it must return at once, for others wait behind it.</param>
    /// <param name="onGap">Called when the connection was lost and is there again: messages sent meanwhile were not heard.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RedisSubscription> StartAsync(
        IConnectionMultiplexer redis, string channel, Action<string> onMessage, Action? onGap, CancellationToken cancellationToken)
    {
        var subscription = new RedisSubscription(redis, channel, onMessage, onGap);
        await subscription._subscriber.SubscribeAsync(subscription._channel, subscription._handler).WaitAsync(cancellationToken);
        redis.ConnectionRestored += subscription._restored;
        return subscription;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _redis.ConnectionRestored -= _restored;
        try
        {
            await _subscriber.UnsubscribeAsync(_channel, _handler);
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            // The subscription ended with the connection.
        }
    }
}
