using ApiPoc.Domain.Jobs;
using ApiPoc.Redis.Gathering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Redis.Jobs;

/// <summary>Adds the job ledger.</summary>
public static class JobLedgerRegistration
{
    /// <summary>Registers <see cref="IJobLedger"/>, <see cref="IInvocationStats"/> and <see cref="LedgerRehearsal"/> on the Redis client registered already.</summary>
    public static IHostApplicationBuilder AddJobLedger(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<JobLedgerOptions>().BindConfiguration(JobLedgerOptions.Section);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(JobKeys.Shared);
        builder.Services.TryAddSingleton<IJobLedger, RedisJobLedger>();
        builder.Services.TryAddSingleton(services => new LedgerRehearsal(
            services.GetRequiredService<IConnectionMultiplexer>(), services.GetRequiredService<IOptions<JobLedgerOptions>>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddSingleton<RedisInvocationStats>();
        builder.Services.TryAddSingleton<IInvocationStats>(services => services.GetRequiredService<RedisInvocationStats>());
        builder.Services.AddGathering<RedisInvocationStats>();
        builder.Services.AddHostedService<OpenRedisAtStart>();
        return builder;
    }
}
