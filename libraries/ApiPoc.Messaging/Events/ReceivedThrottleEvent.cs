using ApiPoc.Domain.Events;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Messaging.Events;

/// <summary>A throttle event as it came from the notifier's queue, to be completed when it has been handled.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Message">The message it came in: trace context, receipt, how often it has been received.</param>
public sealed record ReceivedThrottleEvent(ThrottleEvent Event, QueuedMessage Message);
