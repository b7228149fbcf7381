namespace ApiPoc.Domain.Throttling;

/// <summary>
/// One set of limits as one process meets it. Requests take permits of the lease; when there are none they queue, and one flight
/// at a time asks the store for all that wait and, far from every limit, for some ahead.
/// </summary>
internal sealed class LeasedSet(IReadOnlyList<Limit> limits, IAdmission store, LeaseReturns returns, TimeProvider clock, LeaseOptions options)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource<AdmissionDecision>> _waiting = new();
    private volatile Lease? _lease;
    private volatile Refusal? _refusal;
    private bool _isFlying;
    private int _ahead;
    private long _remaining;

    /// <summary>Decides about one request.</summary>
    public ValueTask<AdmissionDecision> AdmitAsync(CancellationToken cancellationToken) =>
        TryDecide() is { } decided ? ValueTask.FromResult(decided) : new(WaitAsync(cancellationToken));

    private AdmissionDecision? TryDecide()
    {
        long now = clock.GetTimestamp();
        if (_lease is { } lease && lease.TryTake(now))
            return lease.Decision;
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
            if (!_isFlying)
                _ = FlyAsync();
            _isFlying = true;
        }
        return waiter.Task.WaitAsync(cancellationToken);
    }

    private async Task FlyAsync()
    {
        // The caller holds the gate; the flight does not need it yet.
        await Task.Yield();
        while (CountWaiting() is > 0 and var waiting)
        {
            try
            {
                await AskAsync(waiting);
            }
            catch (Exception failure)
            {
                foreach (var waiter in TakeWaiting(int.MaxValue))
                    waiter.TrySetException(failure);
            }
        }
    }

    private int CountWaiting()
    {
        lock (_gate)
        {
            _isFlying = _waiting.Count > 0;
            return _waiting.Count;
        }
    }

    private async Task AskAsync(int waiting)
    {
        EndLease();
        int cost = waiting + (int)Math.Min(_ahead, _remaining / options.Distance);
        // Counted from the question: the store has charged them before its answer comes.
        long expiresAt = After(options.Life);
        var decision = await store.AdmitAsync(limits, cost, CancellationToken.None);
        if (!decision.IsAdmitted && cost > 1)
        {
            // Together they are too many: as many as there is room for, or one, whose refusal says exactly when to ask again.
            cost = (int)Math.Clamp(decision.Limits.Min(status => status.Remaining), 1, waiting);
            decision = await store.AdmitAsync(limits, cost, CancellationToken.None);
        }
        if (decision.IsAdmitted)
            HandOut(decision, cost, expiresAt);
        else if (cost == 1)
            RefuseAll(decision);
    }

    private void HandOut(AdmissionDecision decision, int permits, long expiresAt)
    {
        _remaining = decision.Limits.Select(status => status.Remaining).DefaultIfEmpty(long.MaxValue).Min();
        foreach (var waiter in TakeWaiting(permits))
            permits -= waiter.TrySetResult(decision) ? 1 : 0;
        var lease = new Lease(decision, permits, expiresAt);
        _lease = lease;
        if (permits > 0)
            returns.Watch(lease);
    }

    private void RefuseAll(AdmissionDecision refusal)
    {
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

    // What was used up before its time is asked for more generously, what was not more modestly.
    private void EndLease()
    {
        if (_lease is not { } lease)
            return;
        bool wasInTime = !lease.IsExpired(clock.GetTimestamp());
        if (lease.TakeRest() is > 0 and var rest)
            returns.GiveBack(lease.Decision, rest);
        _ahead = lease.HadRest ? _ahead / 2 : wasInTime ? Math.Min((_ahead * 2) + 1, options.MaxAhead) : _ahead;
        _lease = null;
    }

    private long After(TimeSpan time) => clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);

    private sealed record Refusal(AdmissionDecision Decision, long Until);
}
