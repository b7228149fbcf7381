using System.Diagnostics;
using ApiPoc.Notifier.Notifications;
using ApiPoc.Notifier.Subscribers;

namespace ApiPoc.Notifier.Delivery;

/// <summary>The span, the counts and the log lines of a delivery.</summary>
internal sealed class DeliveryTelemetry(DeliveryMetrics metrics, ILogger<Deliverer> logger)
{
    private static readonly ActivitySource Traces = new("ApiPoc.Notifier");

    public static Activity? Start(SubscriberOptions subscriber) =>
        Traces.StartActivity($"notify {subscriber.Name}", ActivityKind.Client)?.SetTag("apipoc.subscriber.kind", KindOf(subscriber));

    public void AttemptFailed(SubscriberOptions subscriber, Notification notification, int attempt, Exception exception, Activity? span)
    {
        // The type and not the text: an exception's text may carry the address, which is the secret.
        string problem = exception is Channels.DeliveryException ? exception.Message : exception.GetType().Name;
        metrics.AttemptFailed(subscriber.Name, KindOf(subscriber));
        span?.AddEvent(new ActivityEvent("attempt failed", tags: new ActivityTagsCollection { ["attempt"] = attempt, ["problem"] = problem }));
        DeliveryLog.AttemptFailed(logger, subscriber.Name, notification.Type, attempt, problem);
    }

    public void Settled(SubscriberOptions subscriber, Notification notification, DeliveryOutcome outcome, Activity? span)
    {
        metrics.Settled(subscriber.Name, KindOf(subscriber), notification.Type, outcome);
        span?.SetTag("apipoc.delivery", outcome.ToString());
        if (outcome != DeliveryOutcome.Dropped)
            return;
        span?.SetStatus(ActivityStatusCode.Error, "dropped");
        DeliveryLog.Dropped(logger, subscriber.Name, notification.Type, notification.Title);
    }

    private static string KindOf(SubscriberOptions subscriber) => subscriber.Kind switch
    {
        SubscriberKind.Slack => "slack",
        SubscriberKind.Email => "email",
        _ => "log",
    };
}
