using ApiPoc.Domain.Jobs;
using ApiPoc.Redis.Gathering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.Redis.Jobs;

/// <summary>Adds the job ledger.</summary>
public static class JobLedgerRegistration
{
    /// <summary>Registers <see cref="IJobLedger"/> and <see cref="IInvocationStats"/> on the Redis client registered already.</summary>
    public static IHostApplicationBuilder AddJobLedger(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<JobLedgerOptions>().BindConfiguration(JobLedgerOptions.Section);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<IJobLedger, RedisJobLedger>();
        builder.Services.TryAddSingleton<RedisInvocationStats>();
        builder.Services.TryAddSingleton<IInvocationStats>(services => services.GetRequiredService<RedisInvocationStats>());
        builder.Services.AddGathering<RedisInvocationStats>();
        builder.Services.AddHostedService<OpenRedisAtStart>();
        return builder;
    }
}
