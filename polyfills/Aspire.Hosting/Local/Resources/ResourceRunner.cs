using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Local.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Resources;

/// <summary>
/// Takes one resource from known to ready: its waits, then its processes, then its health. Nothing is restarted here: a process
/// that ends shows as ended until a command starts it again.
/// </summary>
internal sealed class ResourceRunner(
    IResource resource,
    IServiceProvider services,
    IDistributedApplicationEventing eventing,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    HealthMonitor health) : IDisposable
{
    private readonly ILogger _logger = loggers.GetLogger(resource);
    private IReadOnlyList<ResourceInstance> _instances = [];
    private CancellationToken _stopping;

    public IResource Resource => resource;

    public int ProcessCount => _instances.Count(instance => instance.IsRunning);

    /// <summary>Makes the resource known, with its addresses.</summary>
    public async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        if (resource.HasProcess)
        {
            _instances = [.. InstanceNames.Of(resource).Select((name, index) =>
                ActivatorUtilities.CreateInstance<ResourceInstance>(services, resource, name, index))];
            LifecycleCommands.AddTo(resource, this);
        }

        await notifications.PublishUpdateAsync(resource, snapshot => snapshot with
        {
            State = KnownResourceStates.NotStarted,
            Properties = SnapshotProperties.Of(resource),
        });
        if (resource is IResourceWithEndpoints)
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), cancellationToken);
        var urls = await SnapshotUrls.OfAsync(resource, services.GetRequiredService<DistributedApplicationExecutionContext>(), cancellationToken);
        await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { Urls = urls });
        if (resource is IResourceWithConnectionString and not ParameterResource)
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), cancellationToken);
    }

    public void Begin(CancellationToken stopping)
    {
        _stopping = stopping;
        if (!resource.HasProcess)
            _ = RunValueAsync();
        else if (!resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
            _ = Task.WhenAll(_instances.Select(instance => StartAsync(instance, waitsFirst: true)));
    }

    /// <summary>Starts one process, after the resource's waits unless a person asked for it.</summary>
    public async Task StartAsync(ResourceInstance instance, bool waitsFirst)
    {
        try
        {
            if (waitsFirst && resource.HasAnnotationOfType<WaitAnnotation>())
            {
                await instance.PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Waiting });
                await notifications.WaitForDependenciesAsync(resource, _stopping);
            }

            await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), _stopping);
            await instance.StartAsync(_stopping);
            health.Watch(resource, _stopping);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The application ends before this resource began.
        }
        catch (Exception failure)
        {
            await FailAsync(instance, failure);
        }
    }

    public ResourceInstance InstanceOf(string name) => _instances.Single(instance => instance.Name == name);

    public Task StopAsync(TimeSpan grace) => Task.WhenAll(_instances.Select(instance => instance.StopAsync(grace)));

    public void Dispose()
    {
        foreach (var instance in _instances)
            instance.Dispose();
    }

    private async Task FailAsync(ResourceInstance instance, Exception failure)
    {
        var logger = loggers.GetLogger(instance.Name);
        if (failure is DistributedApplicationException)
            LocalLog.StartRefused(logger, failure.Message);
        else
            LocalLog.StartFailed(logger, failure);
        await instance.PublishAsync(snapshot => snapshot with { State = new(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error) });
    }

    /// <summary>A parameter or a connection string "runs" once its value can be had.</summary>
    private async Task RunValueAsync()
    {
        try
        {
            if (resource.HasAnnotationOfType<WaitAnnotation>())
                await notifications.WaitForDependenciesAsync(resource, _stopping);
            if (resource is IValueProvider value)
                await value.GetValueAsync(_stopping);
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.Running });
            health.Watch(resource, _stopping);
        }
        catch (MissingParameterValueException missing)
        {
            LocalLog.StartRefused(_logger, missing.Message);
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.ValueMissing });
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The application ends before this resource began.
        }
        catch (Exception failure)
        {
            LocalLog.StartFailed(_logger, failure);
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.FailedToStart });
        }
    }
}
