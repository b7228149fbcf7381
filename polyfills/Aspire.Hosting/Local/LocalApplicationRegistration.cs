using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local.Dashboard;
using Aspire.Hosting.Local.Health;
using Aspire.Hosting.Local.Logs;
using Aspire.Hosting.Local.Processes;
using Aspire.Hosting.Local.Proxies;
using Aspire.Hosting.Local.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Local;

/// <summary>Registers what runs the model on local processes.</summary>
internal static class LocalApplicationRegistration
{
    /// <summary>Longer than <see cref="LocalApplication.StopBudget"/>, so that the host does not give up before the resources have.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(15);

    public static void AddLocalApplication(
        this HostApplicationBuilder host, DistributedApplicationOptions options, AppHostMetadata metadata, IDistributedApplicationBuilder builder)
    {
        var services = host.Services;
        services.Configure<HostOptions>(each => each.ShutdownTimeout = ShutdownTimeout);
        services.Configure<ResourceNotificationServiceOptions>(each => each.DefaultWaitBehavior =
            options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable);
        services.AddHealthChecks();
        host.Logging.AddAppHostConsole();

        services.AddSingleton(options).AddSingleton(metadata).AddSingleton(TimeProvider.System);
        services.AddSingleton(builder.Eventing).AddSingleton(builder.ExecutionContext);
        services.AddSingleton(builder).AddSingleton(new DistributedApplicationModel(builder.Resources));
        services.AddSingleton(new LogDirectory(metadata.ArtifactsDirectory is { } artifacts ? Path.Combine(artifacts, "logs") : null));
        services.AddSingleton(provider => new ResourceLoggerService(provider.GetRequiredService<LogDirectory>()));
        services.AddSingleton(provider => new ResourceNotificationService(
            provider,
            provider.GetRequiredService<ResourceLoggerService>(),
            provider.GetRequiredService<IOptions<ResourceNotificationServiceOptions>>()));
        services.AddSingleton(provider => new ResourceCommandService(
            provider.GetRequiredService<ResourceNotificationService>(), provider.GetRequiredService<ResourceLoggerService>(), provider));

        services.AddSingleton<ProcessGuard>().AddSingleton<EndpointAllocator>().AddSingleton<HealthMonitor>();
        services.AddSingleton<LaunchPlanner>().AddSingleton<ResourceRunners>();
        services.AddHostedService<ConsoleReporter>();
        services.AddHostedService<ParentWatch>();
        services.AddHostedService<LocalApplication>();
        if (!options.DisableDashboard)
            builder.AddDashboard(options, metadata);
    }
}
