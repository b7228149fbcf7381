using System.Collections.Concurrent;
using ApiPoc.Domain.Events;

namespace ApiPoc.Testing;

/// <summary>Throttle events, kept for a test to look at instead of being sent.</summary>
public sealed class RecordedEvents : IThrottleEvents
{
    private readonly ConcurrentQueue<ThrottleEvent> _events = new();

    /// <summary>What was published, in order.</summary>
    public IReadOnlyList<ThrottleEvent> All => [.. _events];

    /// <summary>The types of what was published, in order.</summary>
    public IReadOnlyList<string> Types => [.. _events.Select(published => published.Type)];

    /// <inheritdoc/>
    public bool TryPublish(ThrottleEvent throttleEvent)
    {
        _events.Enqueue(throttleEvent);
        return true;
    }
}
