using ApiPoc.Domain.Quotas;

namespace ApiPoc.Resilience.Quotas;

/// <summary>
/// Asks for permits of one API on behalf of all callers in this process: one question for all who wait, of each tenant the longest waiting first. A
/// permit whose caller has gone meanwhile is returned.
/// </summary>
/// <param name="apiId">The API.</param>
/// <param name="quota">The shared quota.</param>
/// <param name="clock">Counts the waits.</param>
public sealed class PermitDesk(string apiId, IQuotaEngine quota, TimeProvider clock)
{
    private const int MostPerQuestion = 100;
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly Lock _lock = new();
    private readonly List<PermitWaiter> _waiting = [];
    private TaskCompletionSource _arrival = NewArrival();
    private bool _isServing;

    /// <summary>The API.</summary>
    public string ApiId => apiId;

    /// <summary>How many callers wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _waiting.Count;
        }
    }

    /// <summary>Waits for a permit, but not for its moment.</summary>
    /// <param name="request">What is to be called.</param>
    /// <param name="atMost">The longest wait; known to be too short, it is not waited for.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="QuotaExhaustedException">There is none in that time.</exception>
    /// <exception cref="QuotaUnavailableException">The shared quota cannot be reached.</exception>
    public async Task<Permit> AcquireAsync(PermitRequest request, TimeSpan atMost, CancellationToken cancellationToken)
    {
        // A record of its own, for the answer finds its way back by reference.
        var waiter = new PermitWaiter(request with { }, clock.GetUtcNow() + atMost);
        bool isFirst;
        lock (_lock)
        {
            _waiting.Add(waiter);
            isFirst = !_isServing;
            _isServing = true;
            _arrival.TrySetResult();
        }
        if (isFirst)
            _ = ServeAsync();

        await using (cancellationToken.UnsafeRegister(_ => Leave(waiter, cancellationToken), null))
            return await waiter.Permit.Task;
    }

    /// <summary>Returns a permit whose call was not sent; should that fail, it expires.</summary>
    public async Task ReturnAsync(Permit permit)
    {
        try
        {
            await quota.ReturnAsync(apiId, [permit], CancellationToken.None);
        }
        catch (QuotaUnavailableException)
        {
            // It comes back when it expires.
        }
    }

    private async Task ServeAsync()
    {
        while (NextWaiters() is { Count: > 0 } waiters)
        {
            try
            {
                var grant = await quota.AskAsync(apiId, [.. waiters.Select(waiter => waiter.Request)], CancellationToken.None);
                await HandOutAsync(waiters, grant.Permits);
                if (TurnAway(waiters, grant) && grant.Permits.Count < waiters.Count)
                    await WaitForChangeAsync(grant.AskAgainAfter > ShortestWait ? grant.AskAgainAfter : ShortestWait);
            }
            catch (Exception failure)
            {
                foreach (var waiter in waiters)
                    Leave(waiter, failure);
            }
        }
    }

    private async Task HandOutAsync(List<PermitWaiter> waiters, IReadOnlyList<Permit> permits)
    {
        foreach (var permit in permits)
        {
            var waiter = waiters.First(candidate => ReferenceEquals(candidate.Request, permit.Request));
            lock (_lock) _waiting.Remove(waiter);
            if (!waiter.Permit.TrySetResult(permit))
                await ReturnAsync(permit);
        }
    }

    /// <summary>Turns away whoever would wait in vain.</summary>
    /// <returns>Whether anybody is left to wait.</returns>
    private bool TurnAway(List<PermitWaiter> waiters, PermitGrant grant)
    {
        var now = clock.GetUtcNow();
        foreach (var waiter in waiters.Where(waiter => !waiter.Permit.Task.IsCompleted))
        {
            var own = grant.Waits.FirstOrDefault(wait => ReferenceEquals(wait.Request, waiter.Request));
            var after = own?.After ?? grant.AskAgainAfter;
            if (waiter.Deadline < now + after)
                Leave(waiter, new QuotaExhaustedException(apiId, own?.For ?? grant.WaitingFor, after));
        }
        return Waiting > 0;
    }

    private async Task WaitForChangeAsync(TimeSpan atMost)
    {
        Task arrival;
        lock (_lock) arrival = _arrival.Task;
        using var waiting = new CancellationTokenSource();
        await Task.WhenAny(arrival, quota.WaitForChangeAsync(apiId, atMost, waiting.Token));
        await waiting.CancelAsync();
    }

    private List<PermitWaiter> NextWaiters()
    {
        lock (_lock)
        {
            _isServing = _waiting.Count > 0;
            if (_arrival.Task.IsCompleted)
                _arrival = NewArrival();
            return [.. _waiting.InTurn(waiter => waiter.Request.Tenant).Take(MostPerQuestion)];
        }
    }

    private void Leave(PermitWaiter waiter, Exception failure)
    {
        lock (_lock) _waiting.Remove(waiter);
        waiter.Permit.TrySetException(failure);
    }

    private void Leave(PermitWaiter waiter, CancellationToken cancelled)
    {
        lock (_lock) _waiting.Remove(waiter);
        waiter.Permit.TrySetCanceled(cancelled);
    }

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record PermitWaiter(PermitRequest Request, DateTimeOffset Deadline)
    {
        public TaskCompletionSource<Permit> Permit { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
