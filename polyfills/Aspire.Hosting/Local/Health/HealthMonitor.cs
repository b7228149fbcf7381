using System.Collections.Concurrent;
using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Local.Resources;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Local.Health;

/// <summary>Runs the health checks of resources that run: often until they pass, then now and then.</summary>
internal sealed class HealthMonitor(
    HealthCheckService checks,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    TimeProvider clock)
{
    private static readonly TimeSpan WhileUnhealthy = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<IResource, Task> _watched = new();

    /// <summary>Watches the resource until the application ends; asking again changes nothing.</summary>
    public void Watch(IResource resource, CancellationToken stopping) => _watched.GetOrAdd(resource, _ => WatchAsync(resource, stopping));

    private async Task WatchAsync(IResource resource, CancellationToken stopping)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).ToHashSet();
        try
        {
            while (true)
            {
                await notifications.WaitForResourceAsync(resource.Name, KnownResourceStates.Running, stopping);
                var reports = await CheckAsync(keys, stopping);
                var isHealthy = reports.All(report => report.Status == HealthStatus.Healthy);
                foreach (var instance in InstanceNames.Of(resource))
                    await ReportAsync(resource, instance, reports, isHealthy, stopping);
                if (isHealthy)
                    await WaitUntilStartedAgainAsync(resource, keys.Count == 0 ? Timeout.InfiniteTimeSpan : WhileHealthy, stopping);
                else
                    await Task.Delay(WhileUnhealthy, clock, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The application ends.
        }
    }

    private async Task<ImmutableArray<HealthReportSnapshot>> CheckAsync(HashSet<string> keys, CancellationToken stopping)
    {
        if (keys.Count == 0)
            return [];
        var report = await checks.CheckHealthAsync(check => keys.Contains(check.Name), stopping);
        return [.. report.Entries.Select(entry => new HealthReportSnapshot(
            entry.Key, entry.Value.Status, entry.Value.Description, entry.Value.Exception?.ToString()) { LastRunAt = clock.GetUtcNow().UtcDateTime })];
    }

    private async Task ReportAsync(
        IResource resource, string instance, ImmutableArray<HealthReportSnapshot> reports, bool isHealthy, CancellationToken stopping)
    {
        if (!notifications.TryGetCurrentState(instance, out var current) || current.Snapshot.State?.Text != KnownResourceStates.Running)
            return;
        await notifications.PublishUpdateAsync(resource, instance, snapshot => snapshot with { HealthReports = reports });
        if (!isHealthy || current.Snapshot.IsReady)
            return;
        await eventing.PublishAsync(new ResourceReadyEvent(resource, services), stopping);
        await notifications.PublishUpdateAsync(resource, instance, snapshot => snapshot with { IsReady = true });
    }

    /// <summary>A process that has just started is checked at once; otherwise the next check can wait.</summary>
    private async Task WaitUntilStartedAgainAsync(IResource resource, TimeSpan atMost, CancellationToken stopping)
    {
        using var enough = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, stopping);
        try
        {
            await notifications.WaitForResourceAsync(resource.Name, IsNew, either.Token);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // Time for the next check.
        }

        static bool IsNew(ResourceEvent change) => change.Snapshot.State?.Text == KnownResourceStates.Running && !change.Snapshot.IsReady;
    }
}
