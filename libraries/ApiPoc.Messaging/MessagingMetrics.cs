using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ApiPoc.Messaging;

/// <summary>Counts what passes through queues and topics, and what fails.</summary>
internal sealed class MessagingMetrics
{
    public const string MeterName = "ApiPoc.Messaging";

    private readonly Counter<long> _sent;
    private readonly Counter<long> _received;
    private readonly Counter<long> _failedCalls;
    private readonly Counter<long> _publishedEvents;
    private readonly Counter<long> _droppedEvents;

    public MessagingMetrics(IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(MeterName);
        _sent = meter.CreateCounter<long>("apipoc.messaging.sent", "{message}", "Messages put on a queue.");
        _received = meter.CreateCounter<long>("apipoc.messaging.received", "{message}", "Messages received, each time they are.");
        _failedCalls = meter.CreateCounter<long>("apipoc.messaging.failed_calls", "{call}", "Calls to a queue that failed, retries included.");
        _publishedEvents = meter.CreateCounter<long>("apipoc.messaging.published_events", "{event}", "Throttle events published.");
        _droppedEvents = meter.CreateCounter<long>("apipoc.messaging.dropped_events", "{event}", "Throttle events given up.");
    }

    public void Sent(string queue, int messages) => _sent.Add(messages, Queue(queue));

    public void Received(string queue, int messages) => _received.Add(messages, Queue(queue));

    public void CallFailed(string queue, string operation) =>
        _failedCalls.Add(1, Queue(queue), new KeyValuePair<string, object?>("messaging.operation.name", operation));

    public void EventsPublished(int events) => _publishedEvents.Add(events);

    public void EventsDropped(int events, EventDropReason reason) =>
        _droppedEvents.Add(events, new TagList { { "reason", reason switch
        {
            EventDropReason.BufferFull => "buffer_full",
            EventDropReason.TooLarge => "too_large",
            EventDropReason.Refused => "refused",
            _ => "stopped",
        } } });

    private static KeyValuePair<string, object?> Queue(string name) => new("messaging.destination.name", name);
}

/// <summary>Why an event was not published.</summary>
internal enum EventDropReason
{
    /// <summary>Too many were waiting.</summary>
    BufferFull,

    /// <summary>Its JSON is longer than an event may be.</summary>
    TooLarge,

    /// <summary>The topic refused it.</summary>
    Refused,

    /// <summary>The process stopped before the topic took it.</summary>
    Stopped,
}
