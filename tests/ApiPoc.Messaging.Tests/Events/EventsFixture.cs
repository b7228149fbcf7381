using ApiPoc.Domain.Events;
using ApiPoc.Testing;

namespace ApiPoc.Messaging.Tests.Events;

/// <summary>A topic with a queue behind it, of a test's own, and events to publish.</summary>
internal static class EventsFixture
{
    public static ThrottleEvent NewEvent(string type = ThrottleEventType.BreakerOpened, string reason = "429 from the API") => new()
    {
        Type = type,
        Time = new DateTimeOffset(2026, 11, 5, 10, 20, 30, TimeSpan.Zero),
        ApiId = "ODG_SURVEYS",
        Reason = reason,
        Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["retry_after_ms"] = "1500" },
    };

    /// <summary>Creates both, the subscription between them, and a host that knows their names.</summary>
    public static async Task<(MessagingHost Host, string Queue, string Topic)> CreateEventsAsync(
        this EmulatorFixture emulator, string? endpoint = null, (string Name, string Value)[]? queueAttributes = null, params (string Name, string Value)[] settings)
    {
        var (queue, url) = await emulator.CreateQueueAsync(queueAttributes ?? []);
        var topic = EmulatorFixture.NewName("topic");
        var topicArn = (await emulator.Sns.CreateTopicAsync(topic)).TopicArn;
        await emulator.Sns.SubscribeAsync(new()
        {
            TopicArn = topicArn,
            Protocol = "sqs",
            Endpoint = (await emulator.Sqs.GetQueueAttributesAsync(url, ["QueueArn"])).QueueARN,
            Attributes = new() { ["RawMessageDelivery"] = "true" },
        });
        var aws = new Dictionary<string, string?>(emulator.Emulator.Settings, StringComparer.Ordinal);
        if (endpoint is not null)
            aws["AWS_ENDPOINT_URL"] = endpoint;
        return (MessagingHost.Create(aws, [("NotifierQueue", queue), ("EventsTopic", topic), .. settings]), queue, topic);
    }

    public static Task WaitForMessagesAsync(this EmulatorFixture emulator, string queue, int count) =>
        Eventually.IsTrueAsync(async () => (await emulator.LookIntoAsync(queue)).Count == count, $"{count} messages on {queue}");
}
