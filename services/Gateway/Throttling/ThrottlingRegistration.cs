using ApiPoc.Domain.Throttling;
using ApiPoc.Redis.Throttling;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ApiPoc.Gateway.Throttling;

/// <summary>Registers throttles and quotas.</summary>
internal static class ThrottlingRegistration
{
    /// <summary>Adds the shared admission and its stand-in; it needs <c>AddRedisClient</c>.</summary>
    public static IHostApplicationBuilder AddThrottling(this IHostApplicationBuilder builder)
    {
        builder.AddCheckedOptions<RedisAdmissionOptions>(RedisAdmissionOptions.Section);
        builder.AddCheckedOptions<LeaseOptions>(LeaseOptions.Section);
        builder.Services.AddRedisAdmission();
        builder.Services.TryAddSingleton(services => new LeasingAdmission(
            services.GetRequiredService<RedisAdmission>(), services.GetRequiredService<RedisAdmission>(),
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<IOptions<LeaseOptions>>().Value));
        builder.Services.TryAddSingleton<SharedAdmission>();
        builder.Services.TryAddSingleton<GatewayThrottlingMetrics>();
        builder.Services.TryAddSingleton<LocalAdmission>();
        builder.Services.TryAddSingleton<GatewayAdmission>();
        builder.Services.TryAddSingleton<ShadowLimits>();
        return builder;
    }
}
