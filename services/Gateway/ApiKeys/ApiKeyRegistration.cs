using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Gateway.ApiKeys;

/// <summary>Registers the API keys.</summary>
internal static class ApiKeyRegistration
{
    /// <summary>Adds the key store and the encryption of key values.</summary>
    public static IHostApplicationBuilder AddApiKeys(this IHostApplicationBuilder builder)
    {
        builder.Services.AddDataProtection().SetApplicationName("ApiPoc.Gateway");
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(services => new ConfigureOptions<KeyManagementOptions>(
            keys => keys.XmlRepository = new RedisKeyRing(services.GetRequiredService<IConnectionMultiplexer>())));
        builder.Services.TryAddSingleton<KeyProtection>();
        builder.Services.TryAddSingleton<ApiKeyStore>();
        return builder;
    }
}
