using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiPoc.Gateway.Caching;

/// <summary>Registers the stages' caches.</summary>
internal static class CachingRegistration
{
    /// <summary>Adds the cache; it needs <c>AddRedisClient</c>.</summary>
    public static IHostApplicationBuilder AddCaching(this IHostApplicationBuilder builder)
    {
        builder.AddCheckedOptions<CachingOptions>(CachingOptions.Section);
        builder.Services.TryAddSingleton<AnswerCache>();
        builder.Services.TryAddSingleton<CacheFlights>();
        return builder;
    }
}
