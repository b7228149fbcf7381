using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ApiPoc.AppHost.Resources;

/// <summary>
/// Starts a resource again when it ended without having been asked to, as an orchestrator does in production: at once, and later and later
/// the more often it ends. What a person has stopped stays stopped.
/// </summary>
internal sealed partial class KeepRunning(
    ResourceNotificationService notifications, ResourceCommandService commands, RunAgain setUps, TimeProvider clock, ILogger<KeepRunning> logger)
    : BackgroundService
{
    private readonly ConcurrentDictionary<string, Restarts> _restarts = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in notifications.WatchAsync(stoppingToken))
        {
            if (!change.Resource.HasAnnotationOfType<KeepRunningAnnotation>() || change.Snapshot.State?.Text is not { } state)
                continue;
            var restarts = _restarts.GetOrAdd(change.ResourceId, _ => new());
            if (restarts.PauseAfter(state, clock.GetUtcNow()) is { } pause)
                _ = StartAgainAsync(change.Resource, change.ResourceId, pause, stoppingToken);
        }
    }

    private async Task StartAgainAsync(IResource resource, string instance, TimeSpan pause, CancellationToken stoppingToken)
    {
        try
        {
            StartingAgain(instance, pause);
            await Task.Delay(pause, clock, stoppingToken);
            var result = await commands.ExecuteCommandAsync(instance, KnownResourceCommands.StartCommand, stoppingToken);
            if (result.Success)
                await setUps.AfterRestartAsync(resource, stoppingToken);
            else
                StartFailed(instance, result.Message);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application ends.
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Instance} ended unexpectedly: starting it again in {Pause}")]
    private partial void StartingAgain(string instance, TimeSpan pause);

    [LoggerMessage(2, LogLevel.Error, "{Instance} could not be started again: {Reason}")]
    private partial void StartFailed(string instance, string? reason);
}

/// <summary>The resource is started again when it ends by itself.</summary>
internal sealed class KeepRunningAnnotation : IResourceAnnotation;

internal static class KeepRunningRegistration
{
    /// <inheritdoc cref="Resources.KeepRunning"/>
    public static IResourceBuilder<T> KeepRunning<T>(this IResourceBuilder<T> resource)
        where T : IResource
    {
        resource.ApplicationBuilder.Services.TryAddSingleton(TimeProvider.System);
        resource.ApplicationBuilder.Services.TryAddSingleton<RunAgain>();
        resource.ApplicationBuilder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, KeepRunning>());
        return resource.WithAnnotation(new KeepRunningAnnotation());
    }
}
