using ApiPoc.Gateway.Concurrency;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiPoc.Gateway.Deployments;

/// <summary>Registers what is served.</summary>
internal static class DeploymentRegistration
{
    /// <summary>Adds the deployment; it needs definitions, registry, firewall, authorizers and integrations.</summary>
    public static IHostApplicationBuilder AddDeployments(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<ConcurrencyGates>();
        builder.Services.TryAddSingleton<MethodBuilder>();
        builder.Services.TryAddSingleton<DeploymentBuilder>();
        builder.Services.TryAddSingleton<DeploymentSource>();
        return builder;
    }
}
