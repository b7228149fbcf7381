using System.Net;
using Microsoft.Extensions.Options;

namespace ApiPoc.Gateway.Firewall;

/// <summary>Finds out who calls. A forwarded header is believed only from a proxy that is trusted; what is no address in it is ignored.</summary>
internal sealed class ClientAddress(IOptions<GatewayOptions> options)
{
    private readonly IPNetwork[] _trusted = [.. options.Value.TrustedProxies.Select(Network)];

    /// <summary>The peer's address.</summary>
    public static IPAddress Peer(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;

    /// <summary>The first address in <paramref name="header"/>, else the peer's.</summary>
    public IPAddress Forwarded(HttpContext context, string header)
    {
        var peer = Peer(context);
        if (!IsTrusted(peer) || !context.Request.Headers.TryGetValue(header, out var values) || values is not [{ } line, ..])
            return peer;
        int comma = line.IndexOf(',', StringComparison.Ordinal);
        return Parse(comma < 0 ? line : line.AsSpan(0, comma)) ?? peer;
    }

    private bool IsTrusted(IPAddress peer)
    {
        var address = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        return Array.Exists(_trusted, network => network.Contains(address));
    }

    // Ports and zones are not part of an address: with them it is not believed.
    private static IPAddress? Parse(ReadOnlySpan<char> text) =>
        !text.Contains('%') && !text.Contains('[') && IPAddress.TryParse(text.Trim(), out var address) ? address : null;

    private static IPNetwork Network(string proxy) =>
        IPAddress.TryParse(proxy, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : IPNetwork.Parse(proxy);
}
