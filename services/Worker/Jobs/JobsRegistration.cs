using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Jobs;
using ApiPoc.Worker.Operations;
using ApiPoc.Worker.Probes;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ApiPoc.Worker.Jobs;

/// <summary>Adds the handling of jobs.</summary>
internal static class JobsRegistration
{
    public static IHostApplicationBuilder AddJobs(this IHostApplicationBuilder builder)
    {
        builder.AddCheckedOptions<WorkerOptions, WorkerOptionsValidator>(WorkerOptions.Section);
        builder.Services.AddSingleton(services => new JobReader(services.GetRequiredService<IOptions<ApisOptions>>().Value));
        builder.Services.AddSingleton<JobMetrics>();
        builder.Services.AddSingleton<JobSlots>();
        builder.Services.AddSingleton<JobHandler>();
        builder.Services.AddSingleton<AttemptPolicy>();
        builder.Services.AddSingleton<AttemptRunner>();
        builder.Services.AddSingleton<AttemptJudge>();
        builder.Services.AddSingleton<StartGate>();
        builder.Services.AddSingleton<Lessons>();
        builder.Services.AddSingleton<ProbeRunner>();
        builder.Services.AddOperations();
        return builder;
    }

    private static void AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<OperationSet>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOperation, NewSurveys>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOperation, NewInterviews>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOperation, NewAttachments>());
    }
}
