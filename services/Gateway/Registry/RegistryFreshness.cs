namespace ApiPoc.Gateway.Registry;

/// <summary>Whether this process's copy of the registry may be believed.</summary>
internal sealed class RegistryFreshness(RegistryReplica replica, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // A caller waits for it, so it is far shorter than the registry's own time-out.
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private Task<bool> _refreshing = Task.FromResult(false);
    private long _failedAt = long.MinValue;

    /// <summary>Whether the copy is fresh.</summary>
    public bool IsFresh => replica.IsFresh;

    /// <summary>
    /// Refreshes a copy that has become old, once for all callers that wait. After a failure the answer is no at once for a
    /// moment, so that an absent Redis makes answers fast and not slow.
    /// </summary>
    /// <returns>Whether the copy is fresh now.</returns>
    public Task<bool> TryRefreshAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_refreshing.IsCompleted)
                _refreshing = HasJustFailed ? Task.FromResult(false) : RefreshAsync();
            return _refreshing.WaitAsync(cancellationToken);
        }
    }

    private bool HasJustFailed => _failedAt != long.MinValue && clock.GetElapsedTime(_failedAt) < Pause;

    private async Task<bool> RefreshAsync()
    {
        using var budget = new CancellationTokenSource(Budget, clock);
        try
        {
            await replica.RefreshAsync(budget.Token);
            return true;
        }
        catch (Exception failure) when (failure is RegistryException or OperationCanceledException)
        {
            _failedAt = clock.GetTimestamp();
            return false;
        }
    }
}
