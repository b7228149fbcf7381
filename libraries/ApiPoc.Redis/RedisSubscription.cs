using StackExchange.Redis;

namespace ApiPoc.Redis;

/// <summary>A subscription to a channel, for as long as it is not disposed; the client renews it after a lost connection.</summary>
internal sealed class RedisSubscription : IAsyncDisposable
{
    private readonly ISubscriber _subscriber;
    private readonly RedisChannel _channel;
    private readonly Action<RedisChannel, RedisValue> _handler;

    private RedisSubscription(ISubscriber subscriber, RedisChannel channel, Action<RedisChannel, RedisValue> handler)
    {
        _subscriber = subscriber;
        _channel = channel;
        _handler = handler;
    }

    /// <summary>Calls <paramref name="onMessage"/> with every message; it must return at once, for others wait behind it.</summary>
    public static async Task<RedisSubscription> StartAsync(
        IConnectionMultiplexer redis, string channel, Action<string> onMessage, CancellationToken cancellationToken)
    {
        var subscription = new RedisSubscription(
            redis.GetSubscriber(), new RedisChannel(channel, RedisChannel.PatternMode.Literal), (_, message) => onMessage(message.ToString()));
        await subscription._subscriber.SubscribeAsync(subscription._channel, subscription._handler).WaitAsync(cancellationToken);
        return subscription;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
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
