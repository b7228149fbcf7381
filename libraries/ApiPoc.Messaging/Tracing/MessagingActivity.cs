using System.Diagnostics;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Messaging.Tracing;

/// <summary>Spans of sending, receiving and processing messages, after https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/.</summary>
public static class MessagingActivity
{
    internal const string Sqs = "aws_sqs";
    internal const string Sns = "aws.sns";

    private static readonly ActivitySource Source = new("ApiPoc.Messaging");

    /// <summary>
    /// Starts the span <c>process {queue}</c>, the parent of all work on this message. It continues the sender's trace. Dispose it when the
    /// work is done.
    /// </summary>
    /// <returns>Null when nobody listens to traces.</returns>
    public static Activity? StartProcess(string queue, QueuedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return StartProcess(queue, message.MessageId, new TraceContext(message.TraceParent, message.TraceState));
    }

    internal static Activity? StartProcess(string queue, string messageId, TraceContext sender) =>
        Source.StartActivity(
            $"process {queue}", ActivityKind.Consumer, sender.ToParent(), [.. Tags(Sqs, queue, "process"), new("messaging.message.id", messageId)]);

    /// <summary>Starts the span <c>send {destination}</c>, child of the current one; the batch's messages carry it.</summary>
    internal static Activity? StartSend(string system, string destination, int messages) =>
        Source.StartActivity(
            $"send {destination}", ActivityKind.Producer, parentContext: default, [.. Tags(system, destination, "send"), BatchSize(messages)]);

    /// <summary>Starts the span <c>send {destination}</c> of one message as a child of <paramref name="parent"/>.</summary>
    internal static Activity? StartSend(string system, string destination, TraceContext parent) =>
        Source.StartActivity($"send {destination}", ActivityKind.Producer, parent.ToParent(), Tags(system, destination, "send"));

    /// <summary>
    /// Records the span <c>receive {queue}</c> after the fact, with a link to each sender: a long poll that brings nothing is not worth a span.
    /// </summary>
    internal static void RecordReceive(string queue, DateTimeOffset startedAt, IReadOnlyCollection<TraceContext> senders)
    {
        var links = senders.Select(sender => sender.ToParent()).Where(context => context != default).Select(context => new ActivityLink(context));
        Source.StartActivity(
            $"receive {queue}", ActivityKind.Client, parentContext: default, [.. Tags(Sqs, queue, "receive"), BatchSize(senders.Count)], links, startedAt)?.Dispose();
    }

    /// <summary>Marks a span as failed.</summary>
    internal static void Fail(this Activity? activity, Exception exception)
    {
        activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
        activity?.SetTag("error.type", exception.GetType().FullName);
    }

    private static KeyValuePair<string, object?>[] Tags(string system, string destination, string operation) =>
    [
        new("messaging.system", system),
        new("messaging.destination.name", destination),
        new("messaging.operation.name", operation),
        new("messaging.operation.type", operation),
    ];

    private static KeyValuePair<string, object?> BatchSize(int messages) => new("messaging.batch.message_count", messages);
}
