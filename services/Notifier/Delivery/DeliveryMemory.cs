using ApiPoc.Notifier.Notifications;
using ApiPoc.Notifier.Subscribers;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Notifier.Delivery;

/// <summary>
/// Remembers in Redis who has which event, for all notifiers. Key <c>notifier:{subscriber}:{event}</c>, value <c>sending</c> while one of
/// them is at it, then <c>delivered</c>.
/// </summary>
internal sealed class DeliveryMemory(IServiceProvider services, IOptionsMonitor<NotifierOptions> options, ILogger<DeliveryMemory> logger)
{
    private const string Sending = "sending";
    private const string Delivered = "delivered";

    // As long as the queue hides the event: should this process die, the next copy of the event finds the way free.
    private static readonly TimeSpan ClaimFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Claims the delivery. Without Redis everything is delivered: twice is better than not at all.</summary>
    /// <returns>Null when it is ours to make, otherwise what became of it.</returns>
    public Task<DeliveryOutcome?> ClaimAsync(SubscriberOptions subscriber, Notification notification, CancellationToken cancellationToken) =>
        TryAsync<DeliveryOutcome?>(
            async redis =>
            {
                if (await redis.StringSetAsync(Key(subscriber, notification), Sending, ClaimFor, When.NotExists))
                    return null;
                return await redis.StringGetAsync(Key(subscriber, notification)) == Delivered ? DeliveryOutcome.Repeated : DeliveryOutcome.Elsewhere;
            },
            cancellationToken);

    public Task RememberAsync(SubscriberOptions subscriber, Notification notification) =>
        TryAsync(redis => redis.StringSetAsync(Key(subscriber, notification), Delivered, options.CurrentValue.RememberFor), CancellationToken.None);

    public Task ForgetAsync(SubscriberOptions subscriber, Notification notification) =>
        TryAsync(redis => redis.KeyDeleteAsync(Key(subscriber, notification)), CancellationToken.None);

    private async Task<TResult?> TryAsync<TResult>(Func<IDatabase, Task<TResult>> command, CancellationToken cancellationToken)
    {
        try
        {
            // Resolved here, for connecting may fail or take its time.
            return await command(services.GetRequiredService<IConnectionMultiplexer>().GetDatabase()).WaitAsync(Patience, cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            DeliveryLog.MemoryUnavailable(logger, exception.Message);
            return default;
        }
    }

    private static RedisKey Key(SubscriberOptions subscriber, Notification notification) => $"notifier:{subscriber.Name}:{notification.Id}";
}
