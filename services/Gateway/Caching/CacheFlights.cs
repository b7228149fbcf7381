using System.Collections.Concurrent;
using ApiPoc.Gateway.Responses;

namespace ApiPoc.Gateway.Caching;

/// <summary>The cache misses in progress, one per entry.</summary>
internal sealed class CacheFlights
{
    private readonly ConcurrentDictionary<string, CacheFlight> _flights = new(StringComparer.Ordinal);

    /// <summary>Joins the miss of <paramref name="key"/>, or begins it.</summary>
    public CacheFlight Join(string key, out bool isFirst)
    {
        var own = new CacheFlight(landed => _flights.TryRemove(new(key, landed)));
        var flight = _flights.GetOrAdd(key, own);
        isFirst = ReferenceEquals(flight, own);
        return flight;
    }
}

/// <summary>One miss in progress.</summary>
internal sealed class CacheFlight(Action<CacheFlight> onLanded)
{
    private readonly TaskCompletionSource<BufferedAnswer?> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The answer; null when there is none to share, and everybody asks for himself.</summary>
    public Task<BufferedAnswer?> Result => _result.Task;

    /// <summary>Ends the flight; later ends change nothing.</summary>
    public void Land(BufferedAnswer? answer)
    {
        if (_result.TrySetResult(answer))
            onLanded(this);
    }
}
