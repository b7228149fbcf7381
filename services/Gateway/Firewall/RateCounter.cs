using System.Collections.Concurrent;

namespace ApiPoc.Gateway.Firewall;

/// <summary>
/// What one rule has counted: this process's requests since they were last added up, and the sum of all processes then. It outlives
/// deployments.
/// </summary>
internal sealed class RateCounter
{
    // As in AWS; beyond it new addresses are not counted, so that nobody can fill our memory.
    private const int MaxAddresses = 10_000;
    private readonly ConcurrentDictionary<ClientNetwork, RateCount> _counts = new();

    /// <summary>Every count.</summary>
    public IEnumerable<KeyValuePair<ClientNetwork, RateCount>> Counts => _counts;

    /// <summary>Counts a request.</summary>
    /// <returns>The caller's count; null when there are too many callers.</returns>
    public RateCount? Count(ClientNetwork network)
    {
        if (!_counts.TryGetValue(network, out var count))
        {
            if (_counts.Count >= MaxAddresses)
                return null;
            count = _counts.GetOrAdd(network, _ => new RateCount());
        }
        count.Add();
        return count;
    }

    /// <summary>Forgets a caller of whom nothing is left.</summary>
    public void Forget(ClientNetwork network, RateCount count)
    {
        if (count.Pending == 0)
            _counts.TryRemove(new(network, count));
    }
}

/// <summary>One caller's count.</summary>
internal sealed class RateCount
{
    private long _pending;
    private long _shared;
    private long? _exceededAt;

    /// <summary>Requests not added up yet.</summary>
    public long Pending => Volatile.Read(ref _pending);

    /// <summary>Requests within the window, as far as is known here.</summary>
    public long Sum => Volatile.Read(ref _shared) + Pending;

    /// <summary>Whether the excess has been noticed.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>Counts a request.</summary>
    public void Add() => Interlocked.Increment(ref _pending);

    /// <summary>Takes over the sum of all processes, of which <paramref name="added"/> were pending here, and judges it.</summary>
    public void Update(long added, long sum, long limit, TimeSpan detectionDelay, TimeProvider clock)
    {
        Volatile.Write(ref _shared, sum);
        Interlocked.Add(ref _pending, -added);
        _exceededAt = sum > limit ? _exceededAt ?? clock.GetTimestamp() : null;
        IsBlocked = _exceededAt is { } since && clock.GetElapsedTime(since) >= detectionDelay;
    }
}
