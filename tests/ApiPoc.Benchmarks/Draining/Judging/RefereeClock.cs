namespace ApiPoc.Benchmarks.Draining.Judging;

/// <summary>
/// The referee's time in µs: the machine's, moved by whole <see cref="Step"/>s so that the first call comes close to the scenario's start.
/// Windows by the clock thus begin when a consumer's own clock says so. Not safe for use by several threads.
/// </summary>
internal sealed class RefereeClock(long start)
{
    /// <summary>A multiple of every scenario's window that goes by the clock.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    private readonly long _unixAtZero = UnixMicroseconds();
    private readonly long _zero = TimeProvider.System.GetTimestamp();
    private long? _moved;

    /// <summary>How long until the clock is in the phase of the scenario's start.</summary>
    public static TimeSpan UntilPhaseOf(long start)
    {
        double step = Step.TotalMicroseconds;
        return TimeSpan.FromMicroseconds((((start - UnixMicroseconds()) % step) + step) % step);
    }

    /// <summary>The time now. The first reading is the first call's.</summary>
    public long Read()
    {
        long now = _unixAtZero + (long)TimeProvider.System.GetElapsedTime(_zero).TotalMicroseconds;
        _moved ??= (long)(Math.Round((now - start) / Step.TotalMicroseconds) * Step.TotalMicroseconds);
        return now - _moved.Value;
    }

    private static long UnixMicroseconds() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
