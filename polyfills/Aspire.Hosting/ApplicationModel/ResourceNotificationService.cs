using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.Local.Resources;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Keeps the last snapshot of every resource instance and tells changes to whoever watches: the waits, the console, and what
/// feeds the dashboard. Each watcher sees every instance's current snapshot first and every later one in order.
/// </summary>
public class ResourceNotificationService : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<ChannelWriter<ResourceEvent>, byte> _watchers = new();
    private readonly IServiceProvider _services;
    private readonly DependencyWaiter _waiter;

    internal ResourceNotificationService(
        IServiceProvider services, ResourceLoggerService loggers, IOptions<ResourceNotificationServiceOptions> options)
    {
        _services = services;
        _waiter = new(this, loggers, options.Value);
    }

    /// <summary>Every snapshot of every resource instance, beginning with the current ones, until cancelled.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>(new() { SingleReader = true });
        lock (_lock)
        {
            foreach (var current in _current.Values)
                channel.Writer.TryWrite(current);
            _watchers[channel.Writer] = 0;
        }

        try
        {
            await foreach (var resourceEvent in channel.Reader.ReadAllAsync(cancellationToken))
                yield return resourceEvent;
        }
        finally
        {
            _watchers.TryRemove(channel.Writer, out _);
        }
    }

    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_lock)
            return _current.TryGetValue(resourceId, out resourceEvent);
    }

    /// <summary>Changes the snapshot of every instance of the resource.</summary>
    public async Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        foreach (var id in InstanceNames.Of(resource))
            await PublishUpdateAsync(resource, id, stateFactory);
    }

    /// <summary>Changes the snapshot of one instance.</summary>
    public Task PublishUpdateAsync(
        IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (_lock)
        {
            var before = _current.TryGetValue(resourceId, out var last) ? last.Snapshot : InitialSnapshot.Of(resource);
            var after = SnapshotCommands.Refresh(resource, stateFactory(before), _services);
            var change = new ResourceEvent(resource, resourceId, after);
            _current[resourceId] = change;
            foreach (var watcher in _watchers.Keys)
                watcher.TryWrite(change);
        }

        return Task.CompletedTask;
    }

    /// <summary>Waits for an instance of the resource to be in the state, Running unless said otherwise.</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <summary>Waits for an instance of the resource to be in one of the states, and says which.</summary>
    public async Task<string> WaitForResourceAsync(
        string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToList();
        var found = await WaitForResourceAsync(resourceName, IsIn, cancellationToken);
        return found.Snapshot.State!.Text;

        bool IsIn(ResourceEvent change) => change.Snapshot.State is { } state && states.Contains(state.Text, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Waits for a snapshot of the resource that the predicate accepts.</summary>
    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        await foreach (var change in WatchAsync(cancellationToken))
        {
            if (Names(change) && predicate(change))
                return change;
        }

        throw new OperationCanceledException(cancellationToken);

        bool Names(ResourceEvent change) =>
            change.Resource.Name.Equals(resourceName, StringComparison.OrdinalIgnoreCase)
            || change.ResourceId.Equals(resourceName, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Waits until an instance of the resource runs, its health checks pass, and its ready event has been handled.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, _waiter.DefaultBehavior, cancellationToken);

    /// <inheritdoc cref="WaitForResourceHealthyAsync(string, CancellationToken)"/>
    /// <exception cref="DistributedApplicationException">The resource ended, and the behaviour is to stop then.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var found = await WaitForResourceAsync(resourceName, change => change.IsHealthy || Stops(change), cancellationToken);
        return found.IsHealthy
            ? found
            : throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it entered the '{found.Snapshot.State?.Text}' state.");

        bool Stops(ResourceEvent change) => waitBehavior == WaitBehavior.StopOnResourceUnavailable && change.HasEnded;
    }

    /// <summary>Waits for everything the resource waits for.</summary>
    /// <exception cref="DistributedApplicationException">A dependency can no longer become what is waited for.</exception>
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken) =>
        _waiter.WaitAsync(resource, cancellationToken);

    public void Dispose()
    {
        foreach (var watcher in _watchers.Keys)
            watcher.TryComplete();
        GC.SuppressFinalize(this);
    }
}

/// <summary>One snapshot of one instance.</summary>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    public IResource Resource { get; } = resource;

    /// <summary>The instance's name: the resource's, with a suffix when it has processes.</summary>
    public string ResourceId { get; } = resourceId;

    public CustomResourceSnapshot Snapshot { get; } = snapshot;

    internal bool IsHealthy => Snapshot.IsReady
        && Snapshot.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy;

    internal bool HasEnded => Snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text);
}

/// <summary>What waiting does when a dependency ends, unless the wait says otherwise.</summary>
public sealed class ResourceNotificationServiceOptions
{
    public WaitBehavior DefaultWaitBehavior { get; set; }
}
