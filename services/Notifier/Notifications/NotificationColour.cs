using ApiPoc.Domain.Events;

namespace ApiPoc.Notifier.Notifications;

/// <summary>Slack's three words for a colour, and one for what is neither good nor bad.</summary>
internal static class NotificationColour
{
    public const string Good = "good";
    public const string Warning = "warning";
    public const string Danger = "danger";
    public const string Neutral = "#439FE0";

    public static string Of(ThrottleEvent throttleEvent) => throttleEvent.Type switch
    {
        ThrottleEventType.BreakerOpened or ThrottleEventType.QuotaClosed or ThrottleEventType.JobRequeued => Warning,
        ThrottleEventType.BreakerClosed or ThrottleEventType.QuotaReopened or ThrottleEventType.RunFinished => Good,
        ThrottleEventType.JobDeadLettered => Danger,
        ThrottleEventType.AlarmChanged => OfAlarm(throttleEvent.Data.GetValueOrDefault("state")),
        _ => Neutral,
    };

    private static string OfAlarm(string? state) => state switch
    {
        "OK" => Good,
        "ALARM" => Danger,
        _ => Warning,
    };
}
