using ApiPoc.Domain.Throttling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Redis.Throttling;

/// <summary>Registers admission in Redis.</summary>
public static class RedisAdmissionRegistration
{
    /// <summary>
    /// Adds <see cref="IAdmission"/>, measured, over the registered <see cref="IConnectionMultiplexer"/>; also
    /// <see cref="RedisAdmission"/> itself, for those who need to know its keys.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the key prefix and the time-out; what configuration binds to the options counts as well.</param>
    public static IServiceCollection AddRedisAdmission(this IServiceCollection services, Action<RedisAdmissionOptions>? configure = null)
    {
        services.AddOptions<RedisAdmissionOptions>().Configure(configure ?? (_ => { })).ValidateDataAnnotations();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ThrottlingMetrics>();
        services.TryAddSingleton(provider => new RedisAdmission(
            provider.GetRequiredService<IConnectionMultiplexer>(), provider.GetRequiredService<IOptions<RedisAdmissionOptions>>().Value));
        services.AddHostedService<RedisAdmissionWarmUp>();
        services.TryAddSingleton<IAdmission>(provider => new MeteredAdmission(
            provider.GetRequiredService<RedisAdmission>(),
            provider.GetRequiredService<ThrottlingMetrics>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
