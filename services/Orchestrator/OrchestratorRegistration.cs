using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Jobs;
using ApiPoc.Messaging;
using ApiPoc.Orchestrator.Dispatching;
using ApiPoc.Orchestrator.Intake;
using ApiPoc.Orchestrator.Lanes;
using ApiPoc.Orchestrator.Probing;
using ApiPoc.Orchestrator.Runs;
using ApiPoc.Redis.Breaker;
using ApiPoc.Redis.Jobs;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator;

/// <summary>Adds the parts of the consumer's loop.</summary>
internal static class OrchestratorRegistration
{
    /// <summary>Lanes, what they do, and what feeds them. Hosted services stop in reverse: the intake first, the keeper of visibility last.</summary>
    public static IHostApplicationBuilder AddOrchestrator(this IHostApplicationBuilder builder)
    {
        builder.AddCheckedOptions<OrchestratorOptions, OrchestratorOptionsValidator>(OrchestratorOptions.Section);
        builder.AddCheckedOptions<MessagingOptions, MessagingOptionsValidator>(MessagingOptions.Section);
        builder.AddCheckedOptions<BreakerStoreOptions>(BreakerStoreOptions.Section);
        builder.AddCheckedOptions<JobLedgerOptions>(JobLedgerOptions.Section);
        builder.Services.AddSingleton<InstanceName>();
        builder.Services.AddSingleton<JobMetrics>();
        builder.AddDispatching();
        builder.AddLanes();
        builder.AddIntake();
        return builder;
    }

    private static void AddDispatching(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WorkerConnections>();
        builder.Services.AddSingleton<WorkerClient>();
        builder.Services.AddSingleton<Invocations>();
        builder.Services.AddSingleton<DispatchClock>();
        builder.Services.AddSingleton<SlowStart>();
        builder.Services.AddSingleton(AfterSlowStart<DispatchStep>);
        builder.Services.AddSingleton(AfterSlowStart<Flights>);
        builder.Services.AddSingleton<Settlement>();
        builder.Services.AddSingleton<HandBack>();
        builder.Services.AddSingleton<QueueEnd>();
        builder.Services.AddSingleton<ProbeStep>();
    }

    /// <summary>Whoever asks for permits and whoever tells what became of them do so by way of the slow start.</summary>
    private static TStep AfterSlowStart<TStep>(IServiceProvider services) =>
        ActivatorUtilities.CreateInstance<TStep>(services, services.GetRequiredService<SlowStart>());

    private static void AddLanes(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LaneSet>();
        builder.Services.AddSingleton<LaneRunner>();
        builder.Services.AddHostedService<VisibilityKeeper>();
        builder.Services.AddHostedService<BreakerWatch>();
        builder.Services.AddHostedService<LanesService>();
    }

    private static void AddIntake(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new JobReader(services.GetRequiredService<IOptions<ApisOptions>>().Value));
        builder.Services.AddSingleton<Redrive>();
        builder.Services.AddSingleton<Sorter>();
        builder.Services.AddSingleton<RunCounts>();
        builder.Services.AddSingleton<RunTracker>();
        builder.Services.AddHostedService<QueueDepthMonitor>();
        builder.Services.AddHostedService<JobIntake>();
    }
}
