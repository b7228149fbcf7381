using ApiPoc.Domain.Events;

namespace ApiPoc.Resilience.Http;

/// <summary>For hosts that announce nothing: register <see cref="IThrottleEvents"/> to have the breaker's passages and the quota's closings published.</summary>
internal sealed class UnheardEvents : IThrottleEvents
{
    public bool TryPublish(ThrottleEvent throttleEvent) => true;
}
