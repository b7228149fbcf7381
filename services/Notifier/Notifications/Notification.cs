using System.Security.Cryptography;
using System.Text.Json;
using ApiPoc.Domain.Events;

namespace ApiPoc.Notifier.Notifications;

/// <summary>A throttle event in words for people.</summary>
/// <param name="Id">The event's identity: equal for every copy of it that the queue delivers.</param>
/// <param name="Type">The event's type.</param>
/// <param name="Colour">Slack's word, or a colour.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">Why; may be empty.</param>
/// <param name="Fields">Names and values, in the order to show them.</param>
/// <param name="Time">When it happened.</param>
internal sealed record Notification(
    string Id, string Type, string Colour, string Title, string Text, IReadOnlyList<KeyValuePair<string, string>> Fields, DateTimeOffset Time)
{
    public static Notification Of(ThrottleEvent throttleEvent) => new(
        Identify(throttleEvent),
        throttleEvent.Type,
        NotificationColour.Of(throttleEvent),
        TitleOf(throttleEvent),
        throttleEvent.Reason,
        [.. FieldsOf(throttleEvent).Where(field => !string.IsNullOrEmpty(field.Value))!],
        throttleEvent.Time);

    private static string TitleOf(ThrottleEvent throttleEvent)
    {
        string what = throttleEvent.Type switch
        {
            ThrottleEventType.BreakerOpened => "Circuit breaker opened",
            ThrottleEventType.BreakerHalfOpened => "Circuit breaker is probing",
            ThrottleEventType.BreakerClosed => "Circuit breaker closed",
            ThrottleEventType.QuotaClosed => "Quota closed",
            ThrottleEventType.QuotaReopened => "Quota open again",
            ThrottleEventType.JobRequeued => "Job handed back",
            ThrottleEventType.JobDeadLettered => "Job dead-lettered",
            ThrottleEventType.RunStarted => "Run started",
            ThrottleEventType.RunFinished => "Run finished",
            ThrottleEventType.AlarmChanged => "Alarm changed",
            _ => throttleEvent.Type,
        };
        return throttleEvent.ApiId.Length == 0 ? what : $"{what}: {throttleEvent.ApiId}";
    }

    private static IEnumerable<KeyValuePair<string, string?>> FieldsOf(ThrottleEvent throttleEvent) =>
    [
        new("event", throttleEvent.Type),
        new("api_id", throttleEvent.ApiId),
        .. throttleEvent.Data.OrderBy(fact => fact.Key, StringComparer.Ordinal).Select(fact => KeyValuePair.Create(fact.Key, (string?)fact.Value)),
        new("trace_id", throttleEvent.TraceId),
    ];

    /// <summary>Its content: the time has seven digits of a second, so no two events are alike.</summary>
    private static string Identify(ThrottleEvent throttleEvent) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(throttleEvent)))[..32];
}
