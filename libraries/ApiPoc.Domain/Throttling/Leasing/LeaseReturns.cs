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

    /// <summary>Gives back at once what is left of <paramref name="lease"/>. Nobody need wait for it: what cannot be given back stays charged.</summary>
    public async Task GiveBackAsync(Lease lease)
    {
        int rest = lease.TakeRest();
        if (rest == 0)
            return;
        try
        {
            await _store.ReturnAsync(lease.Decision, rest);
        }
        catch (AdmissionUnavailableException)
        {
            // Charged and never used: the limits admit so much less, never more.
        }
    }

    /// <summary>Gives everything back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        // All at once: a store that does not answer is waited for once.
        await Task.WhenAll(_watched.Select(GiveBackAsync));
    }

    private void Sweep()
    {
        Volatile.Write(ref _isAwake, 0);
        long now = _clock.GetTimestamp();
        while (_watched.TryPeek(out var oldest) && oldest.IsExpired(now) && _watched.TryDequeue(out var expired))
            _ = GiveBackAsync(expired);
        if (!_watched.IsEmpty)
            WakeUp();
    }

    private void WakeUp()
    {
        if (Interlocked.Exchange(ref _isAwake, 1) == 0)
            _timer.Change(_life, Timeout.InfiniteTimeSpan);
    }
}
