using System.Text;
using System.Web;
using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.Integrations;

/// <summary>Answers of back ends that take liberties with HTTP: passed on where it does no harm, else the back end's failure and not ours.</summary>
public sealed class BackendFaultTests(RedisFixture fixture) : IClassFixture<RedisFixture>, IAsyncLifetime
{
    private RawBackend _backend = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        // The answer wanted stands in the request's query.
        _backend = RawBackend.Start(request => HttpUtility.UrlDecode(request.Split(' ')[1].Split("?a=")[1], Encoding.Latin1));
        _gateway = await GatewayHost.StartAsync(fixture.Redis, $$"""
            {
              "restApis": {
                "raw": {
                  "resources": {
                    "/plain": { "GET": { "integration": { "http": { "uri": "{{_backend.Address}}/" } } } },
                    "/cached": { "GET": { "cacheKeyParameters": ["method.request.querystring.a"], "requestParameters": { "method.request.querystring.a": true }, "integration": { "http": { "uri": "{{_backend.Address}}/" } } } }
                  },
                  "stages": { "s": { "cacheClusterEnabled": true, "methodSettings": { "/cached/GET": { "cachingEnabled": true } } } }
                }
              }
            }
            """);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", 204)]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok", 204)]
    [InlineData("HTTP/1.1 205 Reset Content\r\nContent-Length: 2\r\n\r\nok", 205)]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n", 304)]
    [InlineData("HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", 999)]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200)]
    public Task Oddity_IsPassedOn(string answer, int status) => ShouldBeAsync(answer, status);

    [Theory]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")]
    [InlineData("HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-A: a\u0001b\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nX A: b\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("garbage\r\n\r\n")]
    [InlineData(" ")]
    public Task WhatCannotBePassedOn_IsAFailureOfTheBackEnd(string answer) => ShouldBeAsync(answer, 504);

    [Fact]
    public async Task HeadersBeyondAscii_ArriveAsTheirBytes()
    {
        const string answer = "HTTP/1.1 200 OK\r\nX-A: caf\u00e9\r\nX-B: caf\u00c3\u00a9\r\nContent-Length: 0\r\n\r\n";
        var call = await RawCall.SendAsync(_gateway.Data, $"GET {PathOf("plain", answer)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Contains("X-A: caf\u00e9\r\n", call.Answer, StringComparison.Ordinal);
        Assert.Contains("X-B: caf\u00c3\u00a9\r\n", call.Answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-A: caf\u00c3\u00a9")]
    [InlineData("x-api-key: caf\u00e9")]
    public async Task HeadersBeyondAscii_OfRequests_ArriveAsTheirBytes(string header)
    {
        string? seen = null;
        await using var backend = RawBackend.Start(request =>
        {
            seen = request;
            return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        });
        await using var gateway = await GatewayHost.StartAsync(
            fixture.Redis,
            $$"""{ "restApis": { "raw-request": { "resources": { "/r": { "GET": { "integration": { "http": { "uri": "{{backend.Address}}/" } } } } }, "stages": { "s": {} } } } }""");
        var call = await RawCall.SendAsync(gateway.Data, $"GET /_aws/execute-api/raw-request/s/r HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{header}\r\n\r\n");
        Assert.Equal(200, call.Status);
        Assert.Contains($"{header}\r\n", seen, StringComparison.OrdinalIgnoreCase);
    }

    private async Task ShouldBeAsync(string answer, int status)
    {
        // Cached, the second time from the cache: what is kept is passed on alike.
        foreach (string resource in (string[])["plain", "cached", "cached"])
        {
            var call = await RawCall.SendAsync(_gateway.Data, $"GET {PathOf(resource, answer)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            Assert.Equal((resource, status, 1), (resource, call.Status, call.Answers));
            Assert.Contains("x-amzn-RequestId", call.Answer, StringComparison.Ordinal);
        }
    }

    private static string PathOf(string resource, string answer) => $"/_aws/execute-api/raw/s/{resource}?a={string.Concat(answer.Select(character => $"%{(int)character:x2}"))}";
}
