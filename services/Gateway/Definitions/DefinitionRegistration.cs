using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiPoc.Gateway.Definitions;

/// <summary>Registers the definition file.</summary>
internal static class DefinitionRegistration
{
    /// <summary>Adds the options and the definition, both checked on start.</summary>
    public static IHostApplicationBuilder AddDefinitions(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<DefinitionReader>();
        builder.AddCheckedOptions<GatewayOptions, GatewayOptionsValidator>(GatewayOptions.Section);
        builder.Services.TryAddSingleton<DefinitionSource>();
        return builder;
    }
}
