using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ApiPoc.Gateway.Firewall;

/// <summary>Registers the firewall.</summary>
internal static class FirewallRegistration
{
    /// <summary>Adds rate rules; they need <c>AddRedisClient</c>.</summary>
    public static IHostApplicationBuilder AddFirewall(this IHostApplicationBuilder builder)
    {
        builder.AddCheckedOptions<FirewallOptions>(FirewallOptions.Section);
        builder.Services.TryAddSingleton(services => services.GetRequiredService<IOptions<FirewallOptions>>().Value);
        builder.Services.TryAddSingleton<ClientAddress>();
        builder.Services.TryAddSingleton<RateCounters>();
        builder.Services.TryAddSingleton<RedisRates>();
        builder.Services.TryAddSingleton<FirewallMetrics>();
        builder.Services.AddHostedService<FirewallService>();
        return builder;
    }
}
