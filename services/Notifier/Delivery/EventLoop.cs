using ApiPoc.Messaging.Events;

namespace ApiPoc.Notifier.Delivery;

/// <summary>Takes events from the notifier's queue and completes each when it is settled for every subscriber.</summary>
internal sealed class EventLoop(ThrottleEventReceiver receiver, Deliverer deliverer) : BackgroundService
{
    // Bounds what is in flight; a dead subscriber holds each of these for one attempt.
    private const int EventsAtOnce = 32;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        receiver.ReceiveAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = EventsAtOnce, CancellationToken = stoppingToken },
        async (received, cancellationToken) => await HandleAsync(received, cancellationToken));

    private async Task HandleAsync(ReceivedThrottleEvent received, CancellationToken cancellationToken)
    {
        using var span = receiver.StartProcess(received);
        var outcomes = await deliverer.DeliverAsync(received.Event, cancellationToken);
        if (!outcomes.Values.Contains(DeliveryOutcome.Elsewhere))
            await receiver.CompleteAsync(received, cancellationToken);
    }
}
