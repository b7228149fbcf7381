using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ApiPoc.Notifier.Delivery;

/// <summary>Counts what subscribers were told and what not.</summary>
internal sealed class DeliveryMetrics
{
    public const string MeterName = "ApiPoc.Notifier";

    private readonly Counter<long> _notifications;
    private readonly Counter<long> _failedAttempts;

    public DeliveryMetrics(IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(MeterName);
        _notifications = meter.CreateCounter<long>("apipoc.notifier.notifications", "{notification}", "Events settled for a subscriber, by outcome.");
        _failedAttempts = meter.CreateCounter<long>("apipoc.notifier.failed_attempts", "{attempt}", "Attempts to tell a subscriber that failed.");
    }

    public void Settled(string subscriber, string kind, string type, DeliveryOutcome outcome) => _notifications.Add(1, new TagList
    {
        { "subscriber", subscriber },
        { "kind", kind },
        { "type", type },
        { "outcome", outcome.ToString().ToLowerInvariant() },
    });

    public void AttemptFailed(string subscriber, string kind) => _failedAttempts.Add(1, new TagList { { "subscriber", subscriber }, { "kind", kind } });
}
