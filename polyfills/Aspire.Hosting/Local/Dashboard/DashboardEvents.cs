using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Dashboard;

/// <summary>Says where the dashboard is, and lets senders of telemetry wait for it.</summary>
internal static class DashboardEvents
{
    /// <summary>How long a process that sends telemetry is held back: the first installation may take longer than anybody should wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static void Subscribe(IDistributedApplicationBuilder builder, ExecutableResource dashboard, DashboardSettings settings)
    {
        builder.Eventing.Subscribe<ResourceReadyEvent>(dashboard, (ready, _) =>
        {
            var logger = ready.Services.GetRequiredService<ILogger<DistributedApplication>>();
            LocalLog.DashboardListening(logger, settings.FrontEndUrl);
            LocalLog.DashboardLogin(logger, settings.LoginUrl);
            return Task.CompletedTask;
        });
        builder.Eventing.Subscribe<AfterResourcesCreatedEvent>((created, cancellationToken) =>
        {
            _ = ReportFailureAsync(created.Services, dashboard);
            return Task.CompletedTask;
        });
        builder.Eventing.Subscribe<BeforeResourceStartedEvent>((starting, cancellationToken) =>
            starting.Resource.HasAnnotationOfType<OtlpExporterAnnotation>()
                ? WaitAsync(starting.Services, dashboard, cancellationToken)
                : Task.CompletedTask);
    }

    private static async Task WaitAsync(IServiceProvider services, ExecutableResource dashboard, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(Patience, services.GetRequiredService<TimeProvider>());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        try
        {
            await services.GetRequiredService<ResourceNotificationService>().WaitForResourceAsync(
                dashboard.Name, change => change.IsHealthy || change.HasEnded, either.Token);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // Telemetry is dropped until the dashboard is there; the work goes on.
        }
    }

    private static async Task ReportFailureAsync(IServiceProvider services, ExecutableResource dashboard)
    {
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        try
        {
            var ended = await services.GetRequiredService<ResourceNotificationService>().WaitForResourceAsync(
                dashboard.Name, change => change.HasEnded, lifetime.ApplicationStopping);
            LocalLog.DashboardMissing(
                services.GetRequiredService<ILogger<DistributedApplication>>(),
                $"its resource entered the '{ended.Snapshot.State?.Text}' state. The lines of {dashboard.Name} above, and its log file, say why.");
        }
        catch (OperationCanceledException)
        {
            // The application ends, and the dashboard has been there all the time.
        }
    }
}
