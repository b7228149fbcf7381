using System.Net;
using ApiPoc.Gateway.Firewall;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ApiPoc.Gateway.Tests.Firewall;

public sealed class ClientAddressTests
{
    private const string Peer = "10.0.0.1";

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.1, 198.51.100.1, 203.0.113.1", "192.0.2.1")]
    [InlineData(" 2001:db8::1 ,192.0.2.1", "2001:db8::1")]
    [InlineData("192.0.2.1:8080", Peer)]
    [InlineData("[2001:db8::1]", Peer)]
    [InlineData("[2001:db8::1]:8080", Peer)]
    [InlineData("fe80::1%eth0", Peer)]
    [InlineData("", Peer)]
    [InlineData(",", Peer)]
    [InlineData("unknown", Peer)]
    [InlineData("for=192.0.2.1", Peer)]
    [InlineData("256.0.0.1", Peer)]
    public void Forwarded_ByATrustedProxy_IsTheFirstAddress_ElseThePeer(string header, string expected) =>
        Assert.Equal(IPAddress.Parse(expected), Forwarded(trusted: "10.0.0.0/24", header));

    [Fact]
    public void Forwarded_ThroughAThousandHops_IsTheFirstAddress() =>
        Assert.Equal(IPAddress.Parse("192.0.2.1"), Forwarded(trusted: Peer, string.Join(", ", Enumerable.Repeat("192.0.2.1", 1000))));

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    [InlineData("Forwarded", "for=192.0.2.1")]
    [InlineData("X-Real-IP", "192.0.2.1")]
    public void Forwarded_ByAnybodyElse_IsThePeer(string name, string header)
    {
        var http = Call(name, header);
        Assert.Equal(IPAddress.Parse(Peer), Addresses("10.9.9.9").Forwarded(http, name));
        Assert.Equal(IPAddress.Parse(Peer), ClientAddress.Peer(http));
    }

    private static IPAddress Forwarded(string trusted, string header) => Addresses(trusted).Forwarded(Call("X-Forwarded-For", header), "X-Forwarded-For");

    private static ClientAddress Addresses(string trusted) => new(Options.Create(new GatewayOptions { TrustedProxies = [trusted] }));

    private static DefaultHttpContext Call(string name, string header)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(Peer);
        http.Request.Headers[name] = header;
        return http;
    }
}
