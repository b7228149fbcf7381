namespace ApiPoc.Domain.Throttling;

/// <summary>
/// One set of limits as one process meets it. Requests take permits of the leases; when there are none they queue, and one flight
/// at a time asks the store for all that wait and, far from every limit, for some ahead. A large lease is followed by the next when half
/// of it is used, so that in a busy process nobody waits.
/// </summary>
internal sealed class LeasedSet(IReadOnlyList<Limit> limits, IAdmission store, LeaseReturns returns, TimeProvider clock, LeaseOptions options)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource<AdmissionDecision>> _waiting = new();
    // Only the flight replaces them.
    private volatile Lease? _older;
    private volatile Lease? _newest;
    private volatile Refusal? _refusal;
    private Task _flight = Task.CompletedTask;
    private bool _isFlying;
    private int _ahead;
    private long _remaining;

    /// <summary>Decides about one request.</summary>
    public ValueTask<AdmissionDecision> AdmitAsync(CancellationToken cancellationToken) =>
        TryDecide() is { } decided ? ValueTask.FromResult(decided) : new(WaitAsync(cancellationToken));

    /// <summary>Ends when the flight under way has landed; what it brought is held in a lease then.</summary>
    public Task LandAsync()
    {
        lock (_gate) return _flight;
    }

    private AdmissionDecision? TryDecide()
    {
        long now = clock.GetTimestamp();
        if (_older is { } older && older.TryTake(now, out _))
            return older.Decision;
        if (_newest is { } newest && newest.TryTake(now, out bool isTimeForTheNext))
        {
            if (isTimeForTheNext)
                TakeOff();
            return newest.Decision;
        }
        return _refusal is { } refusal && now < refusal.Until ? refusal.Decision : null;
    }

    private Task<AdmissionDecision> WaitAsync(CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource<AdmissionDecision>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (TryDecide() is { } decided)
                return Task.FromResult(decided);
            _waiting.Enqueue(waiter);
            TakeOff();
        }
        return waiter.Task.WaitAsync(cancellationToken);
    }

    private void TakeOff()
    {
        lock (_gate)
        {
            if (!_isFlying)
                _flight = FlyAsync();
            _isFlying = true;
        }
    }

    private async Task FlyAsync()
    {
        // The caller holds the gate; the flight does not need it yet.
        await Task.Yield();
        do
        {
            try
            {
                await AskAsync(CountWaiting());
            }
            catch (Exception failure)
            {
                foreach (var waiter in TakeWaiting(int.MaxValue))
                    waiter.TrySetException(failure);
            }
        }
        while (IsAwaited());
    }

    private int CountWaiting()
    {
        lock (_gate) return _waiting.Count;
    }

    private bool IsAwaited()
    {
        lock (_gate) return _isFlying = _waiting.Count > 0;
    }

    private async Task AskAsync(int waiting)
    {
        Adapt();
        int cost = waiting + (int)Math.Min(_ahead, _remaining / options.Distance);
        if (cost == 0)
            return;
        // Counted from the question: the store has charged them before its answer comes.
        long expiresAt = After(options.Life);
        var decision = await store.AdmitAsync(limits, cost, CancellationToken.None);
        if (!decision.IsAdmitted && waiting > 0 && cost > 1)
        {
            // Together they are too many: as many as there is room for, or one, whose refusal says exactly when to ask again.
            cost = (int)Math.Clamp(decision.Limits.Min(status => status.Remaining), 1, waiting);
            decision = await store.AdmitAsync(limits, cost, CancellationToken.None);
        }
        if (decision.IsAdmitted)
            HandOut(decision, cost, expiresAt);
        else if (waiting > 0 && cost == 1)
            RefuseAll(decision);
    }

    private void HandOut(AdmissionDecision decision, int permits, long expiresAt)
    {
        _remaining = decision.Limits.Select(status => status.Remaining).DefaultIfEmpty(long.MaxValue).Min();
        foreach (var waiter in TakeWaiting(permits))
            permits -= waiter.TrySetResult(decision) ? 1 : 0;
        var lease = new Lease(decision, permits, expiresAt);
        if (_older is { } oldest)
            _ = returns.GiveBackAsync(oldest);
        (_older, _newest) = (_newest, lease);
        if (permits > 0)
            returns.Watch(lease);
    }

    private void RefuseAll(AdmissionDecision refusal)
    {
        _remaining = 0;
        var life = refusal.RetryAfter < options.RefusalLife ? refusal.RetryAfter : options.RefusalLife;
        _refusal = new Refusal(refusal, After(life));
        foreach (var waiter in TakeWaiting(int.MaxValue))
            waiter.TrySetResult(refusal);
    }

    private List<TaskCompletionSource<AdmissionDecision>> TakeWaiting(int most)
    {
        var taken = new List<TaskCompletionSource<AdmissionDecision>>();
        lock (_gate)
        {
            while (taken.Count < most && _waiting.TryDequeue(out var waiter))
                taken.Add(waiter);
        }
        return taken;
    }

    // What is used before its time is asked for more generously, what was not used more modestly.
    private void Adapt()
    {
        if (_newest is not { } newest)
            return;
        if (!newest.IsExpired(clock.GetTimestamp()))
        {
            _ahead = Math.Min((_ahead * 2) + 1, options.MaxAhead);
            return;
        }
        _ = returns.GiveBackAsync(newest);
        if (newest.HadRest)
            _ahead /= 2;
    }

    private long After(TimeSpan time) => clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);

    private sealed record Refusal(AdmissionDecision Decision, long Until);
}
