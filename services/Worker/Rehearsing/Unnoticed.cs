using System.Diagnostics.Metrics;
using ApiPoc.Domain.Events;

namespace ApiPoc.Worker.Rehearsing;

/// <summary>Instruments of a meter nobody exports.</summary>
internal sealed class UnheardMeters : IMeterFactory
{
    private readonly Meter _meter = new("ApiPoc.Rehearsal");

    public Meter Create(MeterOptions options) => _meter;

    public void Dispose() => _meter.Dispose();
}

/// <summary>Tells nobody.</summary>
internal sealed class UntoldEvents : IThrottleEvents
{
    public bool TryPublish(ThrottleEvent throttleEvent) => true;
}
