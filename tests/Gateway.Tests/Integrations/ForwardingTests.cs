using System.Text.Json;
using ApiPoc.Gateway.Tests.Kit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiPoc.Gateway.Tests.Integrations;

public sealed class ForwardingTests(RedisFixture fixture) : IClassFixture<RedisFixture>, IAsyncLifetime
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Backend _backend = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _backend = await Backend.StartAsync(AnswerAsync);
        _gateway = await GatewayHost.StartAsync(fixture.Redis, $$"""
            {
              "restApis": {
                "forward": {
                  "resources": {
                    "/{proxy+}": { "ANY": { "integration": { "http": { "uri": "${stageVariables.backend}/base/{proxy}" } } } },
                    "/two/{a}/and/{b}": { "GET": { "integration": { "http": { "uri": "${stageVariables.backend}/{b}-{a}", "method": "PUT" } } } }
                  },
                  "stages": { "s": { "variables": { "backend": "{{_backend.Address}}" } }, "broken": { "variables": { "backend": "" } } }
                }
              }
            }
            """);
    }

    public async Task DisposeAsync()
    {
        _released.TrySetResult();
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task Request_PathQueryMethodAndBody_ArriveAsWritten()
    {
        var seen = (await _gateway.SendAsync("PATCH", "forward/s/a%20b/c%2Fd?x=1&x=%20y", key: null, """{"n":1}""")).Json;
        Assert.Equal(
            ("PATCH", "/base/a%20b/c%2Fd?x=1&x=%20y", """{"n":1}""", "application/json; charset=utf-8"),
            ((string)seen["method"]!, (string)seen["target"]!, (string)seen["body"]!, (string)seen["headers"]!["content-type"]!));
    }

    [Fact]
    public async Task Request_ParametersAndMethod_AreMapped()
    {
        var seen = (await _gateway.GetAsync("forward/s/two/1/and/2")).Json;
        Assert.Equal(("PUT", "/2-1"), ((string)seen["method"]!, (string)seen["target"]!));
    }

    [Fact]
    public async Task Request_HopByHopHeaders_StayBehind_OthersPass()
    {
        var reply = await _gateway.GetAsync(
            "forward/s/h", key: "some-key", ("Connection", "X-Private"), ("X-Private", "1"), ("Proxy-Authorization", "secret"), ("TE", "trailers"),
            ("X-Public", "2"), ("X-Forwarded-For", "1.2.3.4"), ("x-apipoc-explain", "1"));
        var headers = reply.Json["headers"]!.AsObject();
        string[] dropped = ["connection", "x-private", "proxy-authorization", "te", "x-apipoc-explain"];
        Assert.DoesNotContain(dropped, headers.ContainsKey);
        Assert.Equal(
            ("2", "some-key", "1.2.3.4, 127.0.0.1", "http", new Uri(_backend.Address).Authority),
            ((string)headers["x-public"]!, (string)headers["x-api-key"]!, (string)headers["x-forwarded-for"]!, (string)headers["x-forwarded-proto"]!, (string)headers["host"]!));
    }

    [Theory]
    [InlineData("x-api-key")]
    [InlineData("close, X-API-Key")]
    public async Task Request_KeyListedAsHopByHop_ReachesTheBackEndAllTheSame(string connection)
    {
        var reply = await _gateway.GetAsync("forward/s/h", key: "some-key", ("Connection", connection));
        Assert.Equal("some-key", (string?)reply.Json["headers"]!["x-api-key"]);
    }

    [Fact]
    public async Task Answer_HopByHopHeaders_StayBehind_IdsAreRenamed_OthersPass()
    {
        var reply = await _gateway.GetAsync("forward/s/headers");
        Assert.Equal((418, "1, 2", "back-end-id", null, null), (reply.Status, reply["X-Many"], reply["x-amzn-Remapped-x-amzn-RequestId"], reply["Keep-Alive"], reply["X-Hop"]));
        reply.ShouldCarryIds();
    }

    [Fact]
    public async Task Answer_Streams_TheBeginningArrivesBeforeTheEndIsMade()
    {
        using var response = await _gateway.Client.GetAsync(new Uri(_gateway.Data, "_aws/execute-api/forward/s/stream"), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        byte[] beginning = new byte[5];
        await body.ReadExactlyAsync(beginning).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        _released.SetResult();
        using var rest = new StreamReader(body);
        Assert.Equal(" and end", await rest.ReadToEndAsync());
    }

    [Fact]
    public async Task Answer_BreaksOff_TheCallersBreaksOffToo()
    {
        using var response = await _gateway.Client.GetAsync(new Uri(_gateway.Data, "_aws/execute-api/forward/s/break"), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[5]).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        _released.SetResult();
        await Assert.ThrowsAnyAsync<IOException>(() => body.ReadExactlyAsync(new byte[95]).AsTask());
    }

    [Fact]
    public async Task Address_WithoutItsVariable_IsAFaultOfOurs() =>
        (await _gateway.GetAsync("forward/broken/x")).ShouldBe(500, "InternalServerErrorException", """{"message":"Internal server error"}""");

    private async Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/base/headers":
                context.Response.StatusCode = 418;
                context.Response.Headers["X-Many"] = new(["1", "2"]);
                context.Response.Headers["x-amzn-RequestId"] = "back-end-id";
                context.Response.Headers["Keep-Alive"] = "timeout=5";
                context.Response.Headers.Connection = "X-Hop";
                context.Response.Headers["X-Hop"] = "1";
                break;
            case "/base/stream":
                await context.Response.WriteAsync("begin");
                await context.Response.Body.FlushAsync();
                await _released.Task;
                await context.Response.WriteAsync(" and end");
                break;
            case "/base/break":
                context.Response.ContentLength = 100;
                await context.Response.WriteAsync("begin");
                await context.Response.Body.FlushAsync();
                await _released.Task;
                context.Abort();
                break;
            default:
                using (var reader = new StreamReader(context.Request.Body))
                {
                    await context.Response.WriteAsync(JsonSerializer.Serialize(new
                    {
                        method = context.Request.Method,
                        target = context.Features.Get<IHttpRequestFeature>()!.RawTarget,
                        body = await reader.ReadToEndAsync(),
                        headers = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
                    }));
                }
                break;
        }
    }
}
