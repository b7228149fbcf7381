using System.Text.Encodings.Web;
using System.Text.Json;
using ApiPoc.Domain.Events;
using ApiPoc.Notifier.Channels;
using ApiPoc.Notifier.Notifications;

namespace ApiPoc.Notifier.Tests.Notifications;

public sealed class NotificationTests
{
    [Theory]
    [InlineData(ThrottleEventType.BreakerOpened, "warning", "Circuit breaker opened: ODG_SURVEYS")]
    [InlineData(ThrottleEventType.BreakerHalfOpened, "#439FE0", "Circuit breaker is probing: ODG_SURVEYS")]
    [InlineData(ThrottleEventType.BreakerClosed, "good", "Circuit breaker closed: ODG_SURVEYS")]
    [InlineData(ThrottleEventType.QuotaClosed, "warning", "Quota closed: ODG_SURVEYS")]
    [InlineData(ThrottleEventType.QuotaReopened, "good", "Quota open again: ODG_SURVEYS")]
    [InlineData(ThrottleEventType.JobRequeued, "warning", "Job handed back: ODG_SURVEYS")]
    [InlineData(ThrottleEventType.JobDeadLettered, "danger", "Job dead-lettered: ODG_SURVEYS")]
    [InlineData(ThrottleEventType.RunStarted, "#439FE0", "Run started: ODG_SURVEYS")]
    [InlineData(ThrottleEventType.RunFinished, "good", "Run finished: ODG_SURVEYS")]
    [InlineData(ThrottleEventType.AlarmChanged, "warning", "Alarm changed: ODG_SURVEYS")]
    public void Of_EachType_HasItsColourAndTitle(string type, string colour, string title)
    {
        var notification = Notification.Of(SampleEvents.Of(type));
        Assert.Equal((colour, title), (notification.Colour, notification.Title));
    }

    [Theory]
    [InlineData("OK", "good")]
    [InlineData("ALARM", "danger")]
    [InlineData("INSUFFICIENT_DATA", "warning")]
    public void Of_Alarm_IsColouredByItsState(string state, string colour) =>
        Assert.Equal(colour, Notification.Of(SampleEvents.Of(ThrottleEventType.AlarmChanged, ("state", state))).Colour);

    [Fact]
    public void Of_EveryType_IsInTheTableAbove() =>
        Assert.DoesNotContain(ThrottleEventType.All, type => Notification.Of(SampleEvents.Of(type)).Title.StartsWith(type, StringComparison.Ordinal));

    [Fact]
    public void Of_AClosing_ShowsTheLimitAndUntilWhen()
    {
        var closed = SampleEvents.Of(
            ThrottleEventType.QuotaClosed, ("until", "2026-01-01T00:00:57.0000000+00:00"), ("closed_for_ms", "57000"), ("limit", "minute"), ("refusals", "1"));

        Assert.Equal(
            [
                "event=quota.closed", "api_id=ODG_SURVEYS", "closed_for_ms=57000", "limit=minute", "refusals=1", "until=2026-01-01T00:00:57.0000000+00:00",
                $"trace_id={closed.TraceId}",
            ],
            Notification.Of(closed).Fields.Select(field => $"{field.Key}={field.Value}"));
    }

    [Fact]
    public void Id_SameEvent_IsTheSameAndOtherEventsDiffer()
    {
        var again = SampleEvents.Of(ThrottleEventType.BreakerOpened);
        Assert.Equal(Notification.Of(SampleEvents.Opened).Id, Notification.Of(again).Id);
        Assert.NotEqual(Notification.Of(again).Id, Notification.Of(again with { Time = again.Time.AddTicks(1) }).Id);
    }

    [Fact]
    public void Slack_Message_IsOneAttachmentWithTheMarkupEscaped()
    {
        var throttleEvent = SampleEvents.Of(ThrottleEventType.BreakerOpened, ("retry_after_ms", "57000"), ("limit", "<!channel> & all")) with { Reason = "a < b" };
        Assert.Equal(
            """
            {
              "attachments": [
                {
                  "fallback": "Circuit breaker opened: ODG_SURVEYS: a &lt; b",
                  "color": "warning",
                  "title": "Circuit breaker opened: ODG_SURVEYS",
                  "text": "a &lt; b",
                  "fields": [
                    {
                      "title": "event",
                      "value": "breaker.opened",
                      "short": true
                    },
                    {
                      "title": "api_id",
                      "value": "ODG_SURVEYS",
                      "short": true
                    },
                    {
                      "title": "limit",
                      "value": "&lt;!channel&gt; &amp; all",
                      "short": true
                    },
                    {
                      "title": "retry_after_ms",
                      "value": "57000",
                      "short": true
                    },
                    {
                      "title": "trace_id",
                      "value": "4bf92f3577b34da6a3ce929d0e0e4736",
                      "short": true
                    }
                  ],
                  "ts": 1767225600
                }
              ]
            }
            """,
            JsonSerializer.Serialize(SlackMessage.Of(Notification.Of(throttleEvent)), Readable));
    }

    private static JsonSerializerOptions Readable { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
