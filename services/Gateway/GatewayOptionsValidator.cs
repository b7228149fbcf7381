using System.Net;
using ApiPoc.Gateway.Definitions;
using Microsoft.Extensions.Options;

namespace ApiPoc.Gateway;

/// <summary>Checks the options, and with them the definition file, so that a start shows everything that is wrong in one list.</summary>
internal sealed class GatewayOptionsValidator(DefinitionReader reader) : IValidateOptions<GatewayOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var failures = options.TrustedProxies.Select(ProxyFailure).OfType<string>().ToList();
        try
        {
            _ = reader.Read(options);
        }
        catch (GatewayDefinitionException bad)
        {
            failures.AddRange(bad.Errors);
        }
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static string? ProxyFailure(string proxy)
    {
        if (IPAddress.TryParse(proxy, out _))
            return null;
        if (!IPNetwork.TryParse(proxy, out var network))
            return $"Gateway:TrustedProxies: {proxy}: an address or CIDR network";
        return network.PrefixLength == 0 ? $"Gateway:TrustedProxies: {proxy}: trusting everybody lets anybody forge an address" : null;
    }
}
