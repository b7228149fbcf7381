using ApiPoc.Testing;

namespace ApiPoc.Resilience.Tests;

/// <summary>Makes an API allow so many calls per window, which opens with its first call, and answer 429 to the rest.</summary>
internal sealed class WindowApi
{
    private readonly Lock _lock = new();
    private readonly int _limit;
    private readonly TimeSpan _period;
    private long? _openedAt;
    private int _used;

    public WindowApi(StubApi api, int limit, TimeSpan period)
    {
        (_limit, _period) = (limit, period);
        api.Answer = context => TryTake() ? StubApi.Json(200, "{}")(context) : StubApi.Json(429, "{}")(context);
    }

    public int Accepted { get; private set; }

    public int Refused { get; private set; }

    private bool TryTake()
    {
        lock (_lock)
        {
            if (_openedAt is not { } openedAt || TimeProvider.System.GetElapsedTime(openedAt) >= _period)
                (_openedAt, _used) = (TimeProvider.System.GetTimestamp(), 0);
            bool isTaken = _used++ < _limit;
            _ = isTaken ? Accepted++ : Refused++;
            return isTaken;
        }
    }
}
