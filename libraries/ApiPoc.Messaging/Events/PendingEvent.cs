using ApiPoc.Messaging.Tracing;

namespace ApiPoc.Messaging.Events;

/// <summary>An event on its way to the topic.</summary>
/// <param name="Type">For the subscribers' filters.</param>
/// <param name="Json">What is published.</param>
/// <param name="Trace">The trace in which it happened.</param>
internal sealed record PendingEvent(string Type, string Json, TraceContext Trace);
