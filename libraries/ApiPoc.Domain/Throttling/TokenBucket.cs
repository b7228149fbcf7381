namespace ApiPoc.Domain.Throttling;

/// <summary>
/// A token bucket as GCRA (ITU-T I.371, in its virtual scheduling form): each request adds <c>1/rate</c> of backlog, which
/// drains in real time; what would lift it above <c>burst/rate</c> is refused. A clock that goes back drains nothing.
/// </summary>
internal sealed class TokenBucket : LimitView
{
    /// <summary>Forgives the rounding of sums of 1/rate, which would otherwise refuse the last request of a burst; in microseconds.</summary>
    private const double Leeway = 1e-3;

    private readonly long _burst;
    private readonly double _interval;
    private readonly long _now;
    private readonly long _at;
    private double _backlog;
    private double _elapsed;

    public TokenBucket(TokenBucketLimit limit, LimitState? stored, long now)
    {
        var state = stored ?? new LimitState(0, now);
        _burst = limit.Burst;
        _interval = 1e6 / limit.Rate;
        _now = now;
        _at = Math.Max(state.Since, now);
        // Never more than a full bucket: when a limit was raised, what the smaller one was owed is forgiven down to that.
        _backlog = Math.Min(state.Amount, _burst * _interval + Leeway);
        _elapsed = _at - state.Since;
    }

    public override long Remaining
    {
        get
        {
            double whole = Math.Floor((_burst * _interval + Leeway - BacklogAfter(0)) / _interval);
            long remaining = (long)Math.Max(0, Math.Min(whole, _burst));
            // The division may round across a whole number; the predicate decides.
            while (remaining < _burst && Admits(remaining + 1)) remaining++;
            while (remaining > 0 && !Admits(remaining)) remaining--;
            return remaining;
        }
    }

    public override long ResetAfter
    {
        get
        {
            double backlog = BacklogAfter(0);
            return backlog > Leeway ? _at - _now + (long)Math.Ceiling(backlog - Leeway) : 0;
        }
    }

    public override double MattersFor => _at - _now + BacklogAfter(0);

    public override LimitState State => new(BacklogAfter(0), _at);

    public override bool Admits(long requests) => AdmitsAfter(0, requests);

    public override long WaitFor(long requests)
    {
        double excess = BacklogAfter(0) + requests * _interval - _burst * _interval;
        double wait = Math.Max(1, Math.Ceiling(excess - Leeway));
        // As above: exact by the very predicate that will be asked after the wait.
        while (!AdmitsAfter(wait, requests)) wait++;
        while (wait > 1 && AdmitsAfter(wait - 1, requests)) wait--;
        return _at - _now + (long)wait;
    }

    public override void Charge(long requests)
    {
        _backlog = BacklogAfter(0) + requests * _interval;
        _elapsed = 0;
    }

    // What has drained since the charge is not owed any more: a bucket that would have been full in that time would have drained nothing.
    public override void Return(long requests, long chargedAt)
    {
        double owed = Math.Max(0, requests * _interval - Math.Max(0, _at - chargedAt));
        _backlog = Math.Max(0, BacklogAfter(0) - owed);
        _elapsed = 0;
    }

    // Adding the wait to the elapsed time, a whole number, before subtracting gives the same double as asking later does.
    private double BacklogAfter(double wait) => Math.Max(0, _backlog - (_elapsed + wait));

    private bool AdmitsAfter(double wait, long requests) =>
        BacklogAfter(wait) + requests * _interval <= _burst * _interval + Leeway;
}
