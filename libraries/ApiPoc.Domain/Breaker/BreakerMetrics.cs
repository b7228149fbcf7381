using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ApiPoc.Domain.Breaker;

/// <summary>The breaker's instruments: transitions by effect, and the state each API was last seen in.</summary>
public sealed class BreakerMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "ApiPoc.Breaker";

    private readonly ConcurrentDictionary<string, CircuitState> _seen = new(StringComparer.Ordinal);
    private readonly Counter<long> _transitions;

    /// <summary>Creates the instruments.</summary>
    public BreakerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _transitions = meter.CreateCounter<long>("apipoc.breaker.transitions", "{transition}", "Transitions made by this process.");
        meter.CreateObservableGauge(
            "apipoc.breaker.state", Observe, "{state}", "The state last seen: 0 closed, 1 open, 2 half-open.");
    }

    internal void StateSeen(string apiId, CircuitState state) => _seen[apiId] = state;

    internal void TransitionMade(string apiId, BreakerEffect effect)
    {
        if (_transitions.Enabled)
            _transitions.Add(1, new("api_id", apiId), new("effect", effect.ToString()));
    }

    private IEnumerable<Measurement<int>> Observe() =>
        _seen.Select(entry => new Measurement<int>((int)entry.Value, new KeyValuePair<string, object?>("api_id", entry.Key)));
}
