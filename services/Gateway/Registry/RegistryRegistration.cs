using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ApiPoc.Gateway.Registry;

/// <summary>Registers the registry of keys, plans and stage settings.</summary>
internal static class RegistryRegistration
{
    /// <summary>Adds the registry; it needs <c>AddRedisClient</c>.</summary>
    public static IHostApplicationBuilder AddRegistry(this IHostApplicationBuilder builder)
    {
        builder.AddCheckedOptions<RegistryOptions>(RegistryOptions.Section);
        builder.Services.TryAddSingleton(services => services.GetRequiredService<IOptions<RegistryOptions>>().Value);
        builder.Services.TryAddSingleton<RedisRegistry>();
        builder.Services.TryAddSingleton<RegistryReplica>();
        builder.Services.TryAddSingleton<RegistrySeeder>();
        builder.Services.TryAddSingleton<RegistryAnnouncements>();
        builder.Services.TryAddSingleton<RegistryFreshness>();
        builder.Services.AddHostedService<RegistryService>();
        return builder;
    }
}
