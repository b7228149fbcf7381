namespace ApiPoc.Redis.Quotas;

/// <summary>
/// The store's time, told without asking it: each answer carries the store's time, and the one that came fastest since a minute
/// fixes the offset of this process's clock (Cristian 1989).
/// </summary>
internal sealed class StoreClock(TimeProvider clock)
{
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private long _offset;
    private TimeSpan _bestTrip = TimeSpan.MaxValue;
    private long _bestAt;

    /// <summary>The store's time now (µs since 1970).</summary>
    public long Now => Micros(clock.GetUtcNow()) + Interlocked.Read(ref _offset);

    /// <summary>This process's time for a time of the store.</summary>
    public DateTimeOffset ToLocal(long storeTime) => DateTimeOffset.UnixEpoch.AddTicks((storeTime - Interlocked.Read(ref _offset)) * TimeSpan.TicksPerMicrosecond);

    /// <summary>The store's time for a time of this process (µs).</summary>
    public long ToStore(DateTimeOffset local) => Micros(local) + Interlocked.Read(ref _offset);

    /// <summary>Learns from an answer: asked at <paramref name="askedTimestamp"/> (of the time provider), the store said <paramref name="storeTime"/>.</summary>
    public void Learn(long askedTimestamp, long storeTime)
    {
        var trip = clock.GetElapsedTime(askedTimestamp);
        lock (_lock)
        {
            if (trip > _bestTrip && clock.GetElapsedTime(_bestAt) < Renewal) return;
            _bestTrip = trip;
            _bestAt = clock.GetTimestamp();
            Interlocked.Exchange(ref _offset, storeTime - Micros(clock.GetUtcNow() - (trip / 2)));
        }
    }

    private static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
