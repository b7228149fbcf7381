using ApiPoc.Domain.Quotas;

namespace ApiPoc.Redis.Quotas;

/// <summary>
/// The store's time, told without asking it: each answer carries the store's time, and the surest one is counted on from (Cristian 1989), by
/// elapsed time, so that a machine whose clock is set meanwhile changes nothing. An answer is the less sure the longer its trip took and the
/// longer ago it was.
/// </summary>
internal sealed class StoreClock : ISharedClock
{
    /// <summary>How fast two machines' clocks may part: 50 ppm each, as common crystals do.</summary>
    private const double Drift = 100e-6;

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private Fix _fix;
    private TimeSpan? _trip; // of the answer that is counted on from

    public StoreClock(TimeProvider clock)
    {
        _clock = clock;
        _fix = new Fix(clock.GetTimestamp(), Micros(clock.GetUtcNow() - DateTimeOffset.UnixEpoch));
    }

    public long Now
    {
        get
        {
            var fix = Volatile.Read(ref _fix);
            return fix.StoreTime + Micros(_clock.GetElapsedTime(fix.Timestamp));
        }
    }

    public DateTimeOffset ToLocal(long shared) => _clock.GetUtcNow().AddTicks((shared - Now) * TimeSpan.TicksPerMicrosecond);

    public long ToShared(DateTimeOffset local) => Now - Micros(_clock.GetUtcNow() - local);

    /// <summary>Learns from an answer: asked at <paramref name="askedTimestamp"/> (of the time provider), the store said <paramref name="storeTime"/>.</summary>
    public void Learn(long askedTimestamp, long storeTime)
    {
        var trip = _clock.GetElapsedTime(askedTimestamp);
        lock (_lock)
        {
            if (trip / 2 > (_trip / 2) + (_clock.GetElapsedTime(_fix.Timestamp) * Drift)) return;
            _trip = trip;
            Volatile.Write(ref _fix, new Fix(_clock.GetTimestamp(), storeTime + Micros(trip / 2)));
        }
    }

    private static long Micros(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    private sealed record Fix(long Timestamp, long StoreTime);
}
