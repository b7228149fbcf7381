using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiPoc.Gateway.Outages;

/// <summary>Registers what is known of outages.</summary>
internal static class OutageRegistration
{
    /// <summary>Adds it; it needs <c>AddRedisClient</c>.</summary>
    public static IHostApplicationBuilder AddOutages(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<RedisOutage>();
        return builder;
    }
}
