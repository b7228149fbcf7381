using System.Collections.Concurrent;
using ApiPoc.Domain.Breaker;

namespace ApiPoc.Orchestrator.Lanes;

/// <summary>
/// Breakers as this process last saw them. A closed one is believed until somebody says that it changed, or for a second in case that was
/// not heard, so that a busy lane does not ask at every step; any other is read anew, for its deadlines.
/// </summary>
internal sealed class BreakerView(BreakerGate breaker, TimeProvider clock)
{
    private static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, (BreakerReading Reading, long AskedAt)> _closed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _changedAt = new(StringComparer.Ordinal);

    /// <exception cref="BreakerUnavailableException">The store did not answer.</exception>
    public async Task<BreakerReading> ReadAsync(string apiId, CancellationToken cancellationToken)
    {
        if (_closed.TryGetValue(apiId, out var seen) && IsBelieved(apiId, seen.AskedAt))
            return seen.Reading;

        long askedAt = clock.GetTimestamp();
        var reading = await breaker.ReadAsync(apiId, cancellationToken);
        if (reading.State.Circuit == CircuitState.Closed)
            _closed[apiId] = (reading, askedAt);
        return reading;
    }

    /// <summary>It changed: what was asked before is worth nothing, also when its answer is still under way.</summary>
    public void Forget(string apiId) => _changedAt[apiId] = clock.GetTimestamp();

    private bool IsBelieved(string apiId, long askedAt) =>
        clock.GetElapsedTime(askedAt) < BelievedFor && !(_changedAt.TryGetValue(apiId, out long changedAt) && changedAt >= askedAt);
}
