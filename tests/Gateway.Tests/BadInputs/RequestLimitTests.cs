using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.BadInputs;

public sealed class RequestLimitTests(BadInputFixture fixture) : IClassFixture<BadInputFixture>
{
    private const string Open = $"{BadInputFixture.Stage}/open";

    [Fact]
    public async Task BodyAboveTheCap_413() => await ShouldAnswerAsync(
        413, $"POST {BadInputFixture.Stage}/forwarded HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048577\r\nExpect: 100-continue\r\n\r\n");

    [Fact]
    public async Task ChunkedBodyAboveTheCap_413() => await ShouldAnswerAsync(
        413, $"POST {BadInputFixture.Stage}/things HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n{new string('x', 0x100001)}\r\n0\r\n\r\n");

    [Fact]
    public async Task HeadersAbove32KiB_431() =>
        await ShouldAnswerAsync(431, $"GET {Open} HTTP/1.1\r\nHost: localhost\r\n{Headers(40, new string('v', 1000))}\r\n");

    [Fact]
    public async Task MoreThan100Headers_431() => await ShouldAnswerAsync(431, $"GET {Open} HTTP/1.1\r\nHost: localhost\r\n{Headers(100, "v")}\r\n");

    [Fact]
    public async Task RequestLineAbove8KiB_414() => await ShouldAnswerAsync(414, $"GET {Open}?{new string('q', 8192)} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    [Theory]
    [InlineData("GET /open")]
    [InlineData("GET /open HTTP/9")]
    [InlineData("GET /open HTP/1.1")]
    [InlineData("G{T /open HTTP/1.1")]
    [InlineData("GET http://elsewhere/open HTTP/1.1")]
    [InlineData("GET http://localhost/open HTTP/1.1")]
    [InlineData("OPTIONS * HTTP/1.1")]
    [InlineData("CONNECT localhost:80 HTTP/1.1")]
    [InlineData("GET /\u00e4 HTTP/1.1")]
    public async Task MalformedRequestLine_400(string line) => await ShouldAnswerAsync(400, $"{line}\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    [Theory]
    [InlineData("")]
    [InlineData("Host: localhost\r\nHost: localhost\r\n")]
    [InlineData("Host: local host\r\n")]
    [InlineData("Host: local/host\r\n")]
    [InlineData("Host: localhost:port\r\n")]
    public async Task MalformedHost_400(string host) => await ShouldAnswerAsync(400, $"GET {Open} HTTP/1.1\r\n{host}\r\n");

    // HTTP has a status of its own for it, which says more than 400.
    [Fact]
    public async Task HttpVersionOfAnotherMajor_505() => await ShouldAnswerAsync(505, $"GET {Open} HTTP/3.0\r\nHost: localhost\r\n\r\n");

    // The server takes it for the target of CONNECT, which is all that may look so.
    [Fact]
    public async Task TargetWithoutSlash_405_AllowsConnect()
    {
        var call = await RawCall.SendAsync(fixture.Gateway.Data, "GET open HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal((405, true), (call.Status, call.IsClosed));
        Assert.Contains("Allow: CONNECT\r\n", call.Answer, StringComparison.Ordinal);
    }

    // AWS's answer, never 405.
    [Fact]
    public async Task MethodThatNobodyKnows_403() =>
        await ShouldAnswerAsync(403, $"FROB {Open} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", """{"message":"Missing Authentication Token"}""");

    private async Task ShouldAnswerAsync(int status, string request, string body = "")
    {
        var call = await RawCall.SendAsync(fixture.Gateway.Data, request);
        Assert.Equal((status, 1, true), (call.Status, call.Answers, call.IsClosed));
        Assert.EndsWith(body, call.Answer, StringComparison.Ordinal);
    }

    private static string Headers(int count, string value) => string.Concat(Enumerable.Range(0, count).Select(number => $"X-{number}: {value}\r\n"));
}
