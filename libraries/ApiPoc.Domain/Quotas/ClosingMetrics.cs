using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ApiPoc.Domain.Quotas;

/// <summary>The instruments of closings by 429s: how many this process has told the others of, and how long each API is still closed.</summary>
public sealed class ClosingMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "ApiPoc.Quotas";

    private readonly ConcurrentDictionary<string, long> _closedUntil = new(StringComparer.Ordinal);
    private readonly ISharedClock _clock;
    private readonly Counter<long> _closings;

    /// <summary>Creates the instruments.</summary>
    public ClosingMetrics(IMeterFactory meters, ISharedClock clock)
    {
        _clock = clock;
        var meter = meters.Create(MeterName);
        _closings = meter.CreateCounter<long>("apipoc.quota.closings", "{closing}", "Times a 429 closed an API, counted by the process that wrote it.");
        meter.CreateObservableGauge("apipoc.quota.closed_for", Observe, "s", "How long each API is still closed by 429s, as last heard; 0 when it is open.");
    }

    /// <summary>A closing began that this process wrote.</summary>
    /// <param name="apiId">The API.</param>
    /// <param name="limit">The limit blamed.</param>
    public void Began(string apiId, string limit)
    {
        if (_closings.Enabled)
            _closings.Add(1, new("api_id", apiId), new("limit", limit));
    }

    /// <summary>Somebody said until when an API is closed (µs, shared time); a time that has passed says that it is open.</summary>
    public void Heard(string apiId, long closedUntil) => _closedUntil[apiId] = closedUntil;

    private IEnumerable<Measurement<double>> Observe() => _closedUntil.Select(entry => new Measurement<double>(
        TimeSpan.FromMicroseconds(Math.Max(0, entry.Value - _clock.Now)).TotalSeconds, new KeyValuePair<string, object?>("api_id", entry.Key)));
}
