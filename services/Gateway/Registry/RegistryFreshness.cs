using ApiPoc.Gateway.Outages;

namespace ApiPoc.Gateway.Registry;

/// <summary>Whether this process's copy of the registry may be believed.</summary>
internal sealed class RegistryFreshness(RegistryReplica replica, RedisOutage outage)
{
    private readonly Lock _gate = new();
    private Task<bool> _refreshing = Task.FromResult(false);

    /// <summary>Whether the copy is fresh.</summary>
    public bool IsFresh => replica.IsFresh;

    /// <summary>Refreshes a copy that has become old, once for all callers that wait; not while Redis is known to be away.</summary>
    /// <returns>Whether the copy is fresh now.</returns>
    public Task<bool> TryRefreshAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (outage.IsKnown)
                return Task.FromResult(false);
            if (_refreshing.IsCompleted)
                _refreshing = RefreshAsync();
            return _refreshing.WaitAsync(cancellationToken);
        }
    }

    private async Task<bool> RefreshAsync()
    {
        try
        {
            await replica.RefreshAsync(CancellationToken.None);
            return true;
        }
        catch (RegistryException)
        {
            return false;
        }
    }
}
