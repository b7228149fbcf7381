using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace ApiPoc.Gateway.ApiKeys;

/// <summary>Encrypts key values, so that <c>includeValue</c> can return them; the ring of encryption keys is shared through Redis.</summary>
internal sealed class KeyProtection(IDataProtectionProvider provider, IOptions<GatewayOptions> options)
{
    private readonly IDataProtector _protector = provider.CreateProtector("ApiPoc.Gateway.ApiKeys.v1");

    /// <summary>Encrypts <paramref name="value"/>; null when values are not kept.</summary>
    public string? Protect(string value) => options.Value.KeepKeyValues ? _protector.Protect(value) : null;

    /// <summary>The value of <paramref name="key"/>; null when it was not kept or can no longer be decrypted.</summary>
    public string? Reveal(ApiKey key)
    {
        try
        {
            return key.ProtectedValue is null ? null : _protector.Unprotect(key.ProtectedValue);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
