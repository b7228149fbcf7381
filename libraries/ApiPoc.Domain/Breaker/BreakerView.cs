using System.Collections.Concurrent;

namespace ApiPoc.Domain.Breaker;

/// <summary>
/// Breakers as this process last saw them, so that not every call asks the store. What was read is believed until somebody says that it
/// changed, or for seconds in case that was not heard; a closed one longer, for that is the usual state, of which least need be asked.
/// </summary>
public sealed class BreakerView(BreakerGate breaker, TimeProvider clock)
{
    private static readonly TimeSpan ClosedIsBelievedFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OthersAreBelievedFor = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, (BreakerReading Reading, long AskedAt)> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _changedAt = new(StringComparer.Ordinal);
    private long _allChangedAt = long.MinValue;

    /// <summary>The breaker as last seen, whatever its state, with the store's time as it must be by now.</summary>
    /// <exception cref="BreakerUnavailableException">The store did not answer.</exception>
    public async ValueTask<BreakerReading> LookAsync(string apiId, CancellationToken cancellationToken) =>
        Believed(apiId) ?? await AskAsync(apiId, cancellationToken);

    /// <summary>As <see cref="LookAsync"/>, but only a closed breaker is believed: for whoever acts on the deadlines of any other.</summary>
    /// <exception cref="BreakerUnavailableException">The store did not answer.</exception>
    public async ValueTask<BreakerReading> ReadAsync(string apiId, CancellationToken cancellationToken) =>
        Believed(apiId) is { State.Circuit: CircuitState.Closed } closed ? closed : await AskAsync(apiId, cancellationToken);

    /// <summary>It changed: what was asked before is worth nothing, also when its answer is still under way.</summary>
    /// <param name="apiId">The API; null for all.</param>
    public void Forget(string? apiId)
    {
        if (apiId is null)
            Volatile.Write(ref _allChangedAt, clock.GetTimestamp());
        else
            _changedAt[apiId] = clock.GetTimestamp();
    }

    private BreakerReading? Believed(string apiId)
    {
        if (!_seen.TryGetValue(apiId, out var seen) || ChangedAt(apiId) >= seen.AskedAt)
            return null;
        var age = clock.GetElapsedTime(seen.AskedAt);
        var believedFor = seen.Reading.State.Circuit == CircuitState.Closed ? ClosedIsBelievedFor : OthersAreBelievedFor;
        return age < believedFor ? seen.Reading with { Now = seen.Reading.Now + age } : null;
    }

    private long ChangedAt(string apiId) =>
        Math.Max(Volatile.Read(ref _allChangedAt), _changedAt.TryGetValue(apiId, out long changedAt) ? changedAt : long.MinValue);

    private async Task<BreakerReading> AskAsync(string apiId, CancellationToken cancellationToken)
    {
        long askedAt = clock.GetTimestamp();
        var reading = await breaker.ReadAsync(apiId, cancellationToken);
        _seen[apiId] = (reading, askedAt);
        return reading;
    }
}
