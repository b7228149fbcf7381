using ApiPoc.Gateway.Outages;
using ApiPoc.Redis;

namespace ApiPoc.Gateway.Registry;

/// <summary>
/// Keeps this process's copy of the registry and changes the registry itself. A change is decided on an up-to-date copy and
/// written only if nobody else wrote meanwhile, else it is decided anew: whatever a decision checked still holds when it is written.
/// </summary>
internal sealed class RegistryReplica(RedisRegistry registry, RedisOutage outage, TimeProvider clock, RegistryOptions options) : IDisposable
{
    private const int CommitAttempts = 50;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private RegistryState _state = new();
    private long _base;
    private long _version;
    private long _freshAt = long.MinValue;

    /// <summary>Raised after something changed; handlers are quick and do not throw.</summary>
    public event EventHandler? Changed;

    /// <summary>The copy. Replaced as a whole only when Redis lost its data.</summary>
    public RegistryState State => Volatile.Read(ref _state);

    /// <summary>Whether the copy was up to date at some moment within <see cref="RegistryOptions.MaxStaleness"/>.</summary>
    public bool IsFresh
    {
        get
        {
            long freshAt = Volatile.Read(ref _freshAt);
            return freshAt != long.MinValue && clock.GetElapsedTime(freshAt) <= options.MaxStaleness;
        }
    }

    /// <summary>Brings the copy up to date.</summary>
    /// <exception cref="RegistryException">Redis cannot be reached.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await Refresh_NeedsGate(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Changes the registry; the copy holds the change when this returns.</summary>
    /// <param name="decide">Looks at the registry and says what to write; throws <see cref="RegistryException"/> to refuse. May be called again.</param>
    /// <param name="cancellationToken">Gives up; the change may have been made.</param>
    /// <exception cref="RegistryException">It was refused, or Redis cannot be reached.</exception>
    public async Task ChangeAsync(Func<RegistryState, IReadOnlyList<RegistryItem>> decide, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            for (int attempt = 1; attempt <= CommitAttempts; attempt++)
            {
                await Refresh_NeedsGate(cancellationToken);
                var items = decide(_state);
                if (items.Count == 0)
                    return;
                if (await AskAsync(() => registry.TryCommitAsync(_version, items, cancellationToken)))
                {
                    await Refresh_NeedsGate(cancellationToken);
                    return;
                }
            }
            throw new RegistryException(RegistryProblem.Unavailable, "The registry is being changed by others all the time.");
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task Refresh_NeedsGate(CancellationToken cancellationToken)
    {
        bool hasChanged = false;
        for (bool isLast = false; !isLast;)
        {
            long askedAt = clock.GetTimestamp();
            var changes = await AskAsync(() => registry.ChangesAfterAsync(_base, _version, cancellationToken));
            if (changes.Base != _base)
                Volatile.Write(ref _state, new RegistryState());
            hasChanged |= changes.Base != _base || changes.Items.Count > 0;
            foreach (var item in changes.Items)
                _state.Apply(item);
            (_base, _version, isLast) = (changes.Base, changes.Version, changes.IsLast);
            if (isLast)
                Volatile.Write(ref _freshAt, askedAt);
        }
        if (hasChanged)
            Changed?.Invoke(this, EventArgs.Empty);
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            outage.Report(failure);
            throw new RegistryException(RegistryProblem.Unavailable, "The registry cannot be reached.", failure);
        }
    }
}
