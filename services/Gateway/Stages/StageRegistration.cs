using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiPoc.Gateway.Stages;

/// <summary>Registers the stages' settings.</summary>
internal static class StageRegistration
{
    /// <summary>Adds the stage store.</summary>
    public static IHostApplicationBuilder AddStages(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<StageStore>();
        return builder;
    }
}
