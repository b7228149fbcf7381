using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiPoc.Gateway.Authorizers;

/// <summary>Registers authorizers.</summary>
internal static class AuthorizerRegistration
{
    /// <summary>Adds authorizers; they need integrations, whose connections they use.</summary>
    public static IHostApplicationBuilder AddAuthorizers(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<AuthorizerFactory>();
        return builder;
    }
}
