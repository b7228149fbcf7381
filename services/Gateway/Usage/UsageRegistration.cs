using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiPoc.Gateway.Usage;

/// <summary>Registers usage counts.</summary>
internal static class UsageRegistration
{
    /// <summary>Adds the daily counts; they need <c>AddRedisClient</c> and throttling.</summary>
    public static IHostApplicationBuilder AddUsage(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<UsageRecorder>();
        builder.Services.TryAddSingleton<RedisUsage>();
        builder.Services.TryAddSingleton<UsageStore>();
        builder.Services.AddHostedService<UsageService>();
        return builder;
    }
}
