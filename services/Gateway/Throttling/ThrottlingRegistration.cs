using ApiPoc.Redis.Throttling;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiPoc.Gateway.Throttling;

/// <summary>Registers throttles and quotas.</summary>
internal static class ThrottlingRegistration
{
    /// <summary>Adds the shared admission and its stand-in; it needs <c>AddRedisClient</c>.</summary>
    public static IHostApplicationBuilder AddThrottling(this IHostApplicationBuilder builder)
    {
        builder.AddCheckedOptions<RedisAdmissionOptions>(RedisAdmissionOptions.Section);
        builder.Services.AddRedisAdmission();
        builder.Services.TryAddSingleton<GatewayThrottlingMetrics>();
        builder.Services.TryAddSingleton<LocalAdmission>();
        builder.Services.TryAddSingleton<GatewayAdmission>();
        builder.Services.TryAddSingleton<ShadowLimits>();
        return builder;
    }
}
