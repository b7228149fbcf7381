namespace ApiPoc.Domain.Throttling;

/// <summary>A count of requests between two moments. While the clock is before its beginning it still counts: time that goes back refills nothing.</summary>
internal sealed class Window(long now, long start, long end, double count, long capacity) : LimitView
{
    private double _count = count;

    /// <summary>The window that is open, or the one that a request now would open.</summary>
    public static Window Open(WindowLimit limit, LimitState? stored, long now)
    {
        long period = limit.Period.Ticks / TimeSpan.TicksPerMicrosecond;
        return stored is { Amount: > 0 } state && now < state.Since + period
            ? new Window(now, state.Since, state.Since + period, state.Amount, limit.Count)
            : new Window(now, now, now + period, 0, limit.Count);
    }

    public override long Remaining => (long)Math.Max(0, capacity - _count);

    public override long ResetAfter => _count > 0 ? end - now : 0;

    public override double MattersFor => end - now;

    public override LimitState State => new(_count, start);

    public override bool Admits(long requests) => _count + requests <= capacity;

    public override long WaitFor(long requests) => end - now;

    public override void Charge(long requests) => _count += requests;

    public override void Return(long requests, long chargedAt) => _count = chargedAt >= start ? Math.Max(0, _count - requests) : _count;
}
