namespace ApiPoc.Benchmarks.Draining.Judging;

/// <summary>
/// The referee's time in µs. It begins to run with the first call, so that this one meets its window in exactly the phase the scenario
/// states, however long the consumer took to start. Not safe for use by several threads.
/// </summary>
internal sealed class RefereeClock(long start)
{
    private long? _firstCall;

    /// <summary>The time now; the first reading is the scenario's start.</summary>
    public long Read()
    {
        long now = TimeProvider.System.GetTimestamp();
        _firstCall ??= now;
        return start + (long)TimeProvider.System.GetElapsedTime(_firstCall.Value, now).TotalMicroseconds;
    }
}
