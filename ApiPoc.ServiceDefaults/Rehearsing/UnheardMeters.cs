using System.Diagnostics.Metrics;

namespace ApiPoc.ServiceDefaults.Rehearsing;

/// <summary>For a rehearsal: whatever meter is asked for, its instruments are of one that nobody exports.</summary>
public sealed class UnheardMeters : IMeterFactory
{
    private readonly Meter _meter = new("ApiPoc.Rehearsal");

    /// <inheritdoc/>
    public Meter Create(MeterOptions options) => _meter;

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
