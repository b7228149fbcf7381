using ApiPoc.Domain.Quotas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.Redis.Quotas;

/// <summary>Adds the shared quota engine.</summary>
public static class QuotaRegistration
{
    /// <summary>Registers <see cref="IQuotaEngine"/>, <see cref="IQuotaGate"/>, <see cref="ISharedClock"/> and <see cref="QuotaRehearsal"/> on the Redis client and the <c>Apis</c> options registered already. Closings are published where <see cref="Domain.Events.IThrottleEvents"/> are registered.</summary>
    public static IHostApplicationBuilder AddQuotaEngine(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<QuotaStoreOptions>().BindConfiguration(QuotaStoreOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<QuotaStore>();
        builder.Services.TryAddSingleton<ISharedClock>(services => services.GetRequiredService<QuotaStore>().Clock);
        builder.Services.TryAddSingleton<ClosingMetrics>();
        builder.Services.TryAddSingleton<ClosingAnnouncer>();
        builder.Services.TryAddSingleton<SharedQuotas>();
        builder.Services.TryAddSingleton<QuotaGate>();
        builder.Services.TryAddSingleton<IQuotaGate>(services => services.GetRequiredService<QuotaGate>());
        builder.Services.TryAddSingleton<IQuotaEngine, RedisQuotaEngine>();
        builder.Services.TryAddSingleton(services => new QuotaRehearsal(services));
        return builder;
    }
}
