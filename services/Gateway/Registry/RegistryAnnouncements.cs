using System.Threading.Channels;
using ApiPoc.Redis;
using StackExchange.Redis;

namespace ApiPoc.Gateway.Registry;

/// <summary>Tells when to look at the registry: at an announcement, and at the latest after the poll interval, because a publication can be lost.</summary>
internal sealed class RegistryAnnouncements(IConnectionMultiplexer redis, TimeProvider clock, RegistryOptions options)
{
    private readonly Channel<bool> _announced = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private bool _isSubscribed;

    /// <summary>Waits for the next reason to look.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        _isSubscribed = _isSubscribed || await SubscribeAsync();
        using var poll = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_announced.Reader.WaitToReadAsync(poll.Token).AsTask(), Task.Delay(options.PollInterval, clock, poll.Token));
        await poll.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        _announced.Reader.TryRead(out _);
    }

    private async Task<bool> SubscribeAsync()
    {
        try
        {
            await redis.GetSubscriber().SubscribeAsync(RedisRegistry.Channel, (_, _) => _announced.Writer.TryWrite(true)).WaitAsync(options.CallTimeout, clock);
            return true;
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            return false;
        }
    }
}
