using Amazon.SQS;
using ApiPoc.Domain.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.Messaging.Jobs;

/// <summary>Registers the queue of jobs.</summary>
public static class JobQueueRegistration
{
    /// <summary>Adds <see cref="IJobQueue"/> on Amazon SQS, its metrics and the health check <c>job-queue</c>.</summary>
    public static IHostApplicationBuilder AddJobQueue(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.Any(service => service.ServiceType == typeof(IJobQueue)))
            return builder;

        builder.AddMessaging<AmazonSQSConfig>();
        builder.Services.AddSingleton<IJobQueue, SqsJobQueue>();
        builder.Services.AddHealthChecks().AddCheck<JobQueueHealthCheck>("job-queue");
        return builder;
    }
}
