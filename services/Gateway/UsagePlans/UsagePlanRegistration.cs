using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiPoc.Gateway.UsagePlans;

/// <summary>Registers the usage plans.</summary>
internal static class UsagePlanRegistration
{
    /// <summary>Adds the plan store.</summary>
    public static IHostApplicationBuilder AddUsagePlans(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<UsagePlanStore>();
        return builder;
    }
}
