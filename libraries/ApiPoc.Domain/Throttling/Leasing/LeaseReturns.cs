using System.Collections.Concurrent;

namespace ApiPoc.Domain.Throttling;

/// <summary>Gives back what leases hold when they expire. It wakes up only while there are any.</summary>
internal sealed class LeaseReturns : IAsyncDisposable
{
    private readonly ConcurrentQueue<Lease> _watched = new();
    private readonly IAdmissionReturns _store;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _life;
    private readonly ITimer _timer;
    private int _isAwake;

    public LeaseReturns(IAdmissionReturns store, TimeProvider clock, TimeSpan life)
    {
        (_store, _clock, _life) = (store, clock, life);
        _timer = clock.CreateTimer(_ => Sweep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sees to it that <paramref name="lease"/> is given back when it expires.</summary>
    public void Watch(Lease lease)
    {
        _watched.Enqueue(lease);
        WakeUp();
    }

    /// <summary>Gives back at once; nobody waits for it, and what cannot be given back stays charged.</summary>
    public void GiveBack(AdmissionDecision charged, int permits) => _ = GiveBackAsync(charged, permits);

    /// <summary>Gives everything back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        // All at once: a store that does not answer is waited for once.
        await Task.WhenAll(_watched.Select(lease => lease.TakeRest() is > 0 and var rest ? GiveBackAsync(lease.Decision, rest) : Task.CompletedTask));
    }

    private void Sweep()
    {
        Volatile.Write(ref _isAwake, 0);
        long now = _clock.GetTimestamp();
        while (_watched.TryPeek(out var oldest) && oldest.IsExpired(now) && _watched.TryDequeue(out var expired))
        {
            if (expired.TakeRest() is > 0 and var rest)
                GiveBack(expired.Decision, rest);
        }
        if (!_watched.IsEmpty)
            WakeUp();
    }

    private void WakeUp()
    {
        if (Interlocked.Exchange(ref _isAwake, 1) == 0)
            _timer.Change(_life, Timeout.InfiniteTimeSpan);
    }

    private async Task GiveBackAsync(AdmissionDecision charged, int permits)
    {
        try
        {
            await _store.ReturnAsync(charged, permits);
        }
        catch (AdmissionUnavailableException)
        {
            // Charged and never used: the limits admit so much less, never more.
        }
    }
}
