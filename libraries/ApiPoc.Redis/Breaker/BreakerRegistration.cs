using ApiPoc.Domain.Breaker;
using ApiPoc.Redis.Gathering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.Redis.Breaker;

/// <summary>Adds the shared breaker.</summary>
public static class BreakerRegistration
{
    /// <summary>Registers <see cref="BreakerGate"/>, <see cref="BreakerView"/> and their store on the Redis client and the throttle events registered already.</summary>
    public static IHostApplicationBuilder AddBreaker(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<BreakerStoreOptions>().BindConfiguration(BreakerStoreOptions.Section);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<IBreakerStore, RedisBreakerStore>();
        builder.Services.TryAddSingleton<RedisFailureWindow>();
        builder.Services.TryAddSingleton<IFailureWindow>(services => services.GetRequiredService<RedisFailureWindow>());
        builder.Services.AddGathering<RedisFailureWindow>();
        builder.Services.TryAddSingleton<BreakerMetrics>();
        builder.Services.TryAddSingleton<BreakerGate>();
        builder.Services.TryAddSingleton<BreakerView>();
        builder.Services.AddHostedService<OpenRedisAtStart>();
        return builder;
    }
}
