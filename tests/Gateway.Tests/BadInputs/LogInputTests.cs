using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.BadInputs;

public sealed class LogInputTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    private const string Forged = "FORGED LINE";

    [Fact]
    public async Task LineBreaksInAnyValue_SplitNoLogLine()
    {
        await using var gateway = await ServiceProcess.StartAsync(
            "Gateway",
            ("ConnectionStrings:redis", fixture.Redis.ConnectionString),
            ("Kestrel:Endpoints:Data:Url", "http://127.0.0.1:0"),
            ("Kestrel:Endpoints:Control:Url", "http://127.0.0.1:0"),
            ("Logging:LogLevel:Default", "Debug"),
            ("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Debug"));
        string host = $"{gateway.Http.BaseAddress!.Host}:{gateway.Http.BaseAddress.Port}";
        string broken = $"%0d%0a{Forged.Replace(' ', '+')}%0a{Forged.Replace(" ", "%20", StringComparison.Ordinal)}";
        foreach (string request in (string[])
        [
            $"GET /_aws/execute-api/secure-api/miztiik/{broken} HTTP/1.1\r\nHost: {host}\r\n",
            $"GET /_aws/execute-api/unsecure-api/miztiik/unsecure/greeter?{broken}={broken} HTTP/1.1\r\nHost: {host}\r\n",
            $"GET /{broken} HTTP/1.1\r\nHost: {host}\r\n",
            $"GET /apikeys/{broken} HTTP/1.1\r\nHost: {host}\r\n",
            $"GET /_aws/execute-api/unsecure-api/miztiik/unsecure/greeter HTTP/1.1\r\nHost: {host}\r\nX-A: a\n{Forged}\r\n",
            $"GET /_aws/execute-api/unsecure-api/miztiik/unsecure/greeter HTTP/1.1\r\nHost: {host}\r\ntraceparent: {Forged}\u0085{Forged}\r\n",
        ])
        {
            Assert.NotEqual(0, (await RawCall.SendAsync(gateway.Http.BaseAddress, $"{request}Connection: close\r\n\r\n")).Status);
        }
        await gateway.StopAsync();
        Assert.Contains("Request starting", gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.Output.Split('\n', '\r', '\u0085'), line => line.StartsWith("FORGED", StringComparison.Ordinal));
    }
}
