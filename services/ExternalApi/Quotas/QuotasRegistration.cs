using ApiPoc.ExternalApi.Admin;
using ApiPoc.Redis.Throttling;

namespace ApiPoc.ExternalApi.Quotas;

/// <summary>Adds the quotas and what keeps them.</summary>
internal static class QuotasRegistration
{
    public static void AddQuotas(this IHostApplicationBuilder builder)
    {
        builder.AddCheckedOptions<QuotaOptions, QuotaOptionsValidator>(QuotaOptions.Section);
        builder.AddCheckedOptions<RedisAdmissionOptions>(RedisAdmissionOptions.Section);
        builder.Services.AddRedisAdmission();
        builder.Services.AddSingleton<LiveSwitch<QuotaOptions>>();
        builder.Services.AddSingleton<QuotaMetrics>();
        builder.Services.AddSingleton<QuotaCheck>();
        builder.Services.AddSingleton<QuotaKeys>();
    }
}
