using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ApiPoc.Testing;

/// <summary>Creates meters and keeps every measurement made with them as a line: <c>name value unit tag=value …</c>.</summary>
public sealed class RecordedMeters : IMeterFactory
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly List<Meter> _meters = [];
    private readonly MeterListener _listener = new();

    /// <summary>Starts recording.</summary>
    public RecordedMeters()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Other tests' meters are published to every listener of the process.
            if (instrument.Meter.Scope == this)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>(Record);
        _listener.SetMeasurementEventCallback<long>(Record);
        _listener.SetMeasurementEventCallback<double>(Record);
        _listener.Start();
    }

    /// <summary>The measurements so far, in order.</summary>
    public IReadOnlyList<string> Measurements => [.. _lines];

    /// <summary>Asks observable instruments for their values.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    /// <inheritdoc/>
    public Meter Create(MeterOptions options)
    {
        Meter meter = new(new MeterOptions(options.Name) { Version = options.Version, Tags = options.Tags, Scope = this });
        _meters.Add(meter);
        return meter;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _meters.ForEach(meter => meter.Dispose());
    }

    private void Record<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) where T : struct
    {
        string[] parts = [instrument.Name, $"{value}", instrument.Unit ?? "", .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")];
        _lines.Enqueue(string.Join(' ', parts.Where(part => part.Length > 0)));
    }
}
