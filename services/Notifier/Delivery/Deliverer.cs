using System.Collections.Concurrent;
using System.Diagnostics;
using ApiPoc.Domain.Events;
using ApiPoc.Notifier.Channels;
using ApiPoc.Notifier.Notifications;
using ApiPoc.Notifier.Subscribers;
using Microsoft.Extensions.Options;

namespace ApiPoc.Notifier.Delivery;

/// <summary>
/// Tells every subscriber that wants an event, all at the same time: none waits for another. A subscriber that had to be given up gets
/// one attempt per event until one succeeds, so that a dead one costs little.
/// </summary>
internal sealed class Deliverer(
    IOptionsMonitor<NotifierOptions> options, IEnumerable<INotificationChannel> channels, DeliveryMemory memory, DeliveryTelemetry telemetry, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, bool> _failing = new(StringComparer.Ordinal);

    /// <summary>Delivers to each subscriber that wants the event.</summary>
    /// <returns>What became of it, by the subscriber's name.</returns>
    public async Task<IReadOnlyDictionary<string, DeliveryOutcome>> DeliverAsync(ThrottleEvent throttleEvent, CancellationToken cancellationToken)
    {
        var notification = Notification.Of(throttleEvent);
        var deliveries = options.CurrentValue.Subscribers
            .Where(subscriber => subscriber.Wants(throttleEvent.Type))
            .Select(async subscriber => (subscriber.Name, Outcome: await DeliverAsync(subscriber, notification, cancellationToken)));
        return (await Task.WhenAll(deliveries)).ToDictionary(delivery => delivery.Name, delivery => delivery.Outcome, StringComparer.Ordinal);
    }

    private async Task<DeliveryOutcome> DeliverAsync(SubscriberOptions subscriber, Notification notification, CancellationToken cancellationToken)
    {
        using var span = DeliveryTelemetry.Start(subscriber);
        var outcome = await memory.ClaimAsync(subscriber, notification, cancellationToken) ?? await SendAsync(subscriber, notification, span, cancellationToken);
        telemetry.Settled(subscriber, notification, outcome, span);
        return outcome;
    }

    private async Task<DeliveryOutcome> SendAsync(SubscriberOptions subscriber, Notification notification, Activity? span, CancellationToken cancellationToken)
    {
        try
        {
            bool isDelivered = await TryAttemptsAsync(subscriber, notification, span, cancellationToken);
            _failing[subscriber.Name] = !isDelivered;

            // A dropped one is remembered too: the event may come again on account of another subscriber.
            await memory.RememberAsync(subscriber, notification);
            return isDelivered ? DeliveryOutcome.Delivered : DeliveryOutcome.Dropped;
        }
        catch (OperationCanceledException)
        {
            await memory.ForgetAsync(subscriber, notification);
            throw;
        }
    }

    private async Task<bool> TryAttemptsAsync(SubscriberOptions subscriber, Notification notification, Activity? span, CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue;
        var channel = channels.Single(channel => channel.Kind == subscriber.Kind);
        int attempts = _failing.GetValueOrDefault(subscriber.Name) ? 1 : settings.Attempts;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using var deadline = new CancellationTokenSource(settings.AttemptTimeout, clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
                await channel.SendAsync(subscriber, notification, either.Token);
                return true;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                telemetry.AttemptFailed(subscriber, notification, attempt, exception, span);
                if (attempt == attempts || exception is DeliveryException { IsFinal: true })
                    return false;
            }

            await Task.Delay(settings.FirstBackoff * (1 << (attempt - 1)), clock, cancellationToken);
        }
    }
}
