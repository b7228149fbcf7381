using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Local.Processes;
using Aspire.Hosting.Local.Proxies;
using Aspire.Hosting.Local.Resources;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local;

/// <summary>
/// Runs the model: all ports first, so that an occupied one stops everything before it began; then every resource at once,
/// each holding itself back until what it waits for is there. Stops them in the reverse order.
/// </summary>
internal sealed class LocalApplication(
    IDistributedApplicationBuilder builder,
    DistributedApplicationModel model,
    IServiceProvider services,
    EndpointAllocator endpoints,
    ResourceRunners runners,
    ProcessGuard guard,
    ILogger<DistributedApplication> logger) : IHostedService
{
    /// <summary>The time all resources together have to end; what is still there then is killed.</summary>
    public static readonly TimeSpan StopBudget = TimeSpan.FromSeconds(8);

    private readonly IDistributedApplicationEventing _eventing = builder.Eventing;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        LocalLog.ApplicationStarting(logger);
        LocalLog.ApplicationDirectory(logger, builder.AppHostDirectory);
        builder.ExecutionContext.Services = services;
        await _eventing.PublishAsync(new BeforeStartEvent(services, model), cancellationToken);
        endpoints.Allocate(model);
        guard.Start();
        await runners.CreateAsync(model, cancellationToken);
        await _eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), cancellationToken);
        runners.Start();
        LocalLog.ApplicationStarted(logger);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        LocalLog.ApplicationStopping(logger, runners.ProcessCount);
        await runners.StopAsync(StopBudget);
        endpoints.Dispose();
        guard.Dispose();
        LocalLog.ApplicationStopped(logger);
    }
}
