namespace ApiPoc.Messaging.Sqs;

/// <summary>
/// Keeps failing polls apart: the first retry after 0.2 to 0.3 s, then twice as long each time up to the maximum, with jitter so that a
/// fleet does not return in step. Concurrent callers share the pace, so a process polls a dead queue at most five times a second.
/// </summary>
internal sealed class PollPacer(TimeProvider time, TimeSpan maxDelay, Random random)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private const double Jitter = 0.2;

    private readonly Lock _lock = new();
    private readonly long _startedAt = time.GetTimestamp();
    private int _failures;
    private TimeSpan _nextPoll;

    // Not the wall clock, which may be set back while somebody waits.
    private TimeSpan Now => time.GetElapsedTime(_startedAt);

    /// <summary>Returns when the next poll is due: at once while polls succeed.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var delay = ReserveTurn();
        return delay <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, time, cancellationToken);
    }

    public void Succeeded()
    {
        lock (_lock)
            _failures = 0;
    }

    public void Failed()
    {
        lock (_lock)
        {
            _failures++;
            var next = Now + NextDelay();
            if (next > _nextPoll)
                _nextPoll = next;
        }
    }

    private TimeSpan ReserveTurn()
    {
        lock (_lock)
        {
            if (_failures == 0)
                return TimeSpan.Zero;
            var now = Now;
            var turn = _nextPoll > now ? _nextPoll : now;
            _nextPoll = turn + FirstDelay;
            return turn - now;
        }
    }

    private TimeSpan NextDelay()
    {
        // 30 doublings of 250 ms are centuries; the bound only keeps the shift in range.
        var delay = Math.Min(FirstDelay.TotalMilliseconds * (1L << Math.Min(_failures - 1, 30)), maxDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(delay * (1 - Jitter + (2 * Jitter * random.NextDouble())));
    }
}
