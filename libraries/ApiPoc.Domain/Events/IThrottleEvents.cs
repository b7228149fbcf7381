namespace ApiPoc.Domain.Events;

/// <summary>Publishes throttle events. It never stands in a job's path: publishing is bounded in time and memory, and what cannot be published is counted and logged.</summary>
public interface IThrottleEvents
{
    /// <summary>Hands the event to a bounded buffer and returns at once; the current trace travels with it.</summary>
    /// <returns>False when the buffer is full and the event was dropped (and counted).</returns>
    bool TryPublish(ThrottleEvent throttleEvent);
}
