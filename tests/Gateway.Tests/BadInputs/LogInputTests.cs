using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.BadInputs;

public sealed class LogInputTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    private const string Listening = "Now listening on: ";
    private const string Broken = "%0d%0aFORGED%20LINE%0aFORGED+LINE";

    [Fact]
    public async Task LineBreaksInAnyValue_SplitNoLogLine()
    {
        await using var gateway = await ServiceProcess.StartAsync(
            "Gateway",
            ("ConnectionStrings:redis", fixture.Redis.ConnectionString),
            ("Kestrel:Endpoints:Data:Url", "http://127.0.0.1:0"),
            ("Kestrel:Endpoints:Control:Url", "http://127.0.0.1:0"),
            ("Logging:LogLevel:Default", "Debug"),
            ("Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel.BadRequests", "Debug"),
            ("Logging:LogLevel:Microsoft.AspNetCore.Routing", "Debug"));
        await Eventually.IsTrueAsync(() => Planes(gateway).Count == 2, "both planes listen");
        foreach (var plane in Planes(gateway))
        {
            foreach (string request in (string[])
            [
                $"GET /_aws/execute-api/secure-api/miztiik/{Broken} HTTP/1.1\r\n",
                $"GET /_aws/execute-api/unsecure-api/miztiik/unsecure/greeter?{Broken}={Broken} HTTP/1.1\r\n",
                $"GET /apikeys/{Broken} HTTP/1.1\r\n",
                $"GET /{Broken} HTTP/1.1\r\n",
                "GET /x\nFORGED LINE HTTP/1.1\r\n",
                "GET /x HTTP/1.1\r\nX-A: a\nFORGED LINE\r\n",
                "GET /x HTTP/1.1\r\nX A\u0085FORGED LINE: a\r\n",
                "GET /x HTTP/1.1\r\ntraceparent: a\u0085FORGED LINE\r\n",
            ])
            {
                Assert.NotEqual(0, (await RawCall.SendAsync(plane, $"{request}Host: localhost\r\nConnection: close\r\n\r\n")).Status);
            }
        }
        await gateway.StopAsync();
        string[] lines = gateway.Output.Split('\n', '\r', '\u0085');
        // The server quotes what it refuses, so that there is something to be split.
        Assert.Contains(lines, line => line.Contains("FORGED LINE", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("FORGED", StringComparison.Ordinal));
    }

    private static List<Uri> Planes(ServiceProcess gateway) =>
        [.. gateway.Output.Split('\n').Where(line => line.Contains(Listening, StringComparison.Ordinal)).Select(line => new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]))];
}
