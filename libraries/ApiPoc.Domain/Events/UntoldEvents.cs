namespace ApiPoc.Domain.Events;

/// <summary>For a rehearsal: events that nobody is told of.</summary>
public sealed class UntoldEvents : IThrottleEvents
{
    /// <inheritdoc/>
    public bool TryPublish(ThrottleEvent throttleEvent) => true;
}
