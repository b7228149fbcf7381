using ApiPoc.Messaging.Aws;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiPoc.Gateway.Integrations;

/// <summary>Registers back ends.</summary>
internal static class IntegrationRegistration
{
    /// <summary>Adds integrations. AWS is where the SDK's own environment says (<c>AWS_ENDPOINT_URL</c> and the rest).</summary>
    public static IHostApplicationBuilder AddIntegrations(this IHostApplicationBuilder builder)
    {
        builder.AddAwsMessaging();
        builder.Services.TryAddSingleton<BackendClient>();
        builder.Services.TryAddSingleton<AwsClients>();
        builder.Services.TryAddSingleton<IntegrationFactory>();
        return builder;
    }
}
