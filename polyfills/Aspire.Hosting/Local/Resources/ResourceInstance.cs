using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Local.Processes;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Resources;

/// <summary>One process of a resource, and the state it is shown with.</summary>
internal sealed class ResourceInstance(
    IResource resource,
    string name,
    int index,
    IServiceProvider services,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing,
    LaunchPlanner planner,
    ProcessGuard guard,
    TimeProvider clock) : IDisposable
{
    private readonly ILogger _logger = loggers.GetLogger(name);
    private readonly SemaphoreSlim _turn = new(1);
    private ChildProcess? _process;
    private Task _watching = Task.CompletedTask;

    public string Name => name;

    public bool IsRunning => _process is { HasExited: false };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (IsRunning)
                throw new DistributedApplicationException($"{name} is running already.");
            await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Starting, ExitCode = null, StopTimeStamp = null });
            var launch = await planner.PlanAsync(resource, name, index, _logger, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            var process = ChildProcess.Start(launch, guard, loggers.LogOf(name));
            _process = process;
            LocalLog.ProcessStarted(_logger, process.Id, launch.CommandLine);
            await PublishAsync(snapshot => snapshot with
            {
                State = new(KnownResourceStates.Running, KnownResourceStateStyles.Success),
                IsReady = false,
                HealthReports = InitialSnapshot.PendingReports(resource),
                StartTimeStamp = clock.GetUtcNow().UtcDateTime,
                EnvironmentVariables = [.. launch.Environment.Select(variable => new EnvironmentVariableSnapshot(variable.Key, variable.Value, IsFromSpec: true))],
                Properties = SnapshotProperties.Of(resource, launch, process.Id),
            });
            _watching = WatchAsync(process);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Asks the process to end, and kills it when it has not within the grace.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        await _turn.WaitAsync();
        try
        {
            if (_process is { HasExited: false } process)
            {
                await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Stopping });
                if (!await process.StopAsync(grace, clock))
                    LocalLog.ProcessKilled(_logger, process.Id, grace);
            }

            await _watching;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    public Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) => notifications.PublishUpdateAsync(resource, name, change);

    private async Task WatchAsync(ChildProcess process)
    {
        var exitCode = await process.Exited;
        LocalLog.ProcessEnded(_logger, process.Id, exitCode);
        await PublishAsync(snapshot => snapshot with
        {
            State = exitCode == 0 ? KnownResourceStates.Finished : new ResourceStateSnapshot(KnownResourceStates.Exited, KnownResourceStateStyles.Error),
            ExitCode = exitCode,
            IsReady = false,
            StopTimeStamp = clock.GetUtcNow().UtcDateTime,
        });
        if (notifications.TryGetCurrentState(name, out var last))
            await eventing.PublishAsync(new ResourceStoppedEvent(resource, services, last));
    }
}
