using ApiPoc.Domain.Breaker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.Redis.Breaker;

/// <summary>Adds the shared breaker.</summary>
public static class BreakerRegistration
{
    /// <summary>Registers <see cref="BreakerGate"/> and its store on the Redis client and the throttle events registered already.</summary>
    public static IHostApplicationBuilder AddBreaker(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<BreakerStoreOptions>().BindConfiguration(BreakerStoreOptions.Section);
        builder.Services.TryAddSingleton<RedisBreakerStore>();
        builder.Services.TryAddSingleton<IBreakerStore>(services => services.GetRequiredService<RedisBreakerStore>());
        builder.Services.TryAddSingleton<IFailureWindow>(services => services.GetRequiredService<RedisBreakerStore>());
        builder.Services.TryAddSingleton<BreakerMetrics>();
        builder.Services.TryAddSingleton<BreakerGate>();
        builder.Services.AddHostedService<OpenRedisAtStart>();
        return builder;
    }
}
