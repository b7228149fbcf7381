using System.Net;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Firewall;
using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;
using StackExchange.Redis;

namespace ApiPoc.Gateway.Tests.Firewall;

public sealed class RateRuleTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    private static readonly ClientNetwork Caller = ClientNetwork.Of(IPAddress.Parse("10.0.0.1"));
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Rate_CountedByTwoProcesses_IsAddedUp_NoticedLate_AndForgottenWithTheWindow()
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(fixture.Redis.ConnectionString);
        var rates = new RedisRates(redis);
        var definition = new RateRuleDefinition { Name = "both", Limit = 10, Window = TimeSpan.FromSeconds(1), DetectionDelay = TimeSpan.FromSeconds(5) };
        var (here, there) = (new RateRule("a/s", definition, new RateCounter()), new RateRule("a/s", definition, new RateCounter()));
        for (int call = 0; call < 6; call++)
            Assert.False(here.CountAndJudge(Caller) || there.CountAndJudge(Caller));

        await rates.AddUpAsync(here, _clock, CancellationToken.None);
        await rates.AddUpAsync(there, _clock, CancellationToken.None);
        Assert.False(there.CountAndJudge(Caller), "the excess has not been noticed yet");

        _clock.Advance(TimeSpan.FromSeconds(5));
        await rates.AddUpAsync(there, _clock, CancellationToken.None);
        Assert.True(there.CountAndJudge(Caller), "the excess has been noticed");

        await Eventually.IsTrueAsync(
            async () =>
            {
                await rates.AddUpAsync(there, _clock, CancellationToken.None);
                return !there.Counter.Counts.Any();
            },
            "the window has passed over the last request");
        Assert.False(there.CountAndJudge(Caller));
    }

    [Fact]
    public async Task Response_OfOnesOwn_IsAnswered_AndOnlyForPathsInScope()
    {
        await using var gateway = await GatewayHost.StartAsync(fixture.Redis, """
            {
              "restApis": {
                "custom": {
                  "resources": { "/in/{x}": { "GET": { "integration": { "mock": {} } } }, "/out": { "GET": { "integration": { "mock": {} } } } },
                  "stages": {
                    "s": {
                      "firewall": [{
                        "name": "r", "limit": 10, "window": "00:01:00", "detectionDelay": "00:00:00", "scopeDownPath": "/in/",
                        "response": { "status": 429, "body": "slow down", "contentType": "text/plain" }
                      }]
                    }
                  }
                }
              }
            }
            """);
        for (int call = 0; call < 10; call++)
            Assert.Equal(200, (await gateway.GetAsync($"custom/s/in/{call}")).Status);
        var blocked = await gateway.GetAsync("custom/s/in/11");
        Assert.Equal((429, "slow down", "text/plain"), (blocked.Status, blocked.Body, blocked["Content-Type"]));
        Assert.Equal(200, (await gateway.GetAsync("custom/s/out")).Status);
        // An HTTP client would decode the path by itself.
        var encoded = await RawCall.SendAsync(gateway.Data, "GET /_aws/execute-api/custom/s/%69n/12 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Equal(429, encoded.Status);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.0.0.0/8", false)]
    public async Task ForwardedIp_IsBelievedFromATrustedProxyOnly(string trusted, bool isBelieved)
    {
        string api = isBelieved ? "believed" : "ignored";
        await using var gateway = await GatewayHost.StartAsync(
            fixture.Redis,
            $$"""
            {
              "restApis": {
                "{{api}}": {
                  "resources": { "/r": { "GET": { "integration": { "mock": {} } } } },
                  "stages": { "s": { "firewall": [{ "name": "r", "limit": 10, "window": "00:01:00", "detectionDelay": "00:00:00", "aggregateBy": "FORWARDED_IP" }] } }
                }
              }
            }
            """,
            ("Gateway:TrustedProxies:0", trusted));
        for (int call = 0; call < 10; call++)
            await gateway.GetAsync($"{api}/s/r", key: null, ("X-Forwarded-For", "192.0.2.1, 10.1.1.1"));
        Assert.Equal(403, (await gateway.GetAsync($"{api}/s/r", key: null, ("X-Forwarded-For", "192.0.2.1"))).Status);
        Assert.Equal(isBelieved ? 200 : 403, (await gateway.GetAsync($"{api}/s/r", key: null, ("X-Forwarded-For", "192.0.2.2"))).Status);
        // What is no address is ignored, and the peer's own counts.
        Assert.Equal(isBelieved ? 200 : 403, (await gateway.GetAsync($"{api}/s/r", key: null, ("X-Forwarded-For", "not an address"))).Status);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:1:2:3::4", "2001:db8:1:2:ffff::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void Network_Ipv4IsAnAddress_Ipv6IsA64(string one, string other, bool isSame) =>
        Assert.Equal(isSame, ClientNetwork.Of(IPAddress.Parse(one)) == ClientNetwork.Of(IPAddress.Parse(other)));
}
