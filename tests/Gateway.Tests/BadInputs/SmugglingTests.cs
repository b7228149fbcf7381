using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.BadInputs;

/// <summary>Requests whose end is in doubt: 400, the connection is closed, and what follows on it is never served.</summary>
public sealed class SmugglingTests(BadInputFixture fixture) : IClassFixture<BadInputFixture>
{
    private const string Post = $"POST {BadInputFixture.Stage}/things HTTP/1.1\r\n";
    private const string Forward = $"POST {BadInputFixture.Stage}/forwarded HTTP/1.1\r\n";
    private const string Get = $"GET {BadInputFixture.Stage}/open HTTP/1.1\r\n";
    private const string Host = "Host: localhost\r\n";
    private const string Chunked = "Transfer-Encoding: chunked\r\n";

    [Fact]
    public Task LengthAndEncoding() => ShouldBeRefusedAsync($"{Post}{Host}Content-Length: 5\r\n{Chunked}\r\n0\r\n\r\n");

    [Fact]
    public Task EncodingAndLength() => ShouldBeRefusedAsync($"{Get}{Host}{Chunked}Content-Length: 5\r\n\r\n0\r\n\r\n");

    [Theory]
    [InlineData("Content-Length: 2\r\nContent-Length: 3\r\n")]
    [InlineData("Content-Length: 2\r\nContent-Length: 2\r\n")]
    [InlineData("Content-Length: 2, 2\r\n")]
    public Task TwoLengths(string lengths) => ShouldBeRefusedAsync($"{Post}{Host}{lengths}\r\n{{}}");

    [Fact]
    public Task NegativeLength() => ShouldBeRefusedAsync($"{Post}{Host}Content-Length: -1\r\n\r\n");

    [Theory]
    [InlineData("+2")]
    [InlineData("-0")]
    [InlineData("0x2")]
    [InlineData("2.0")]
    [InlineData("99999999999999999999")]
    [InlineData("0000000000000000000000000000000000000002")]
    public Task LengthThatIsNotDigitsOnly(string length) => ShouldBeRefusedAsync($"{Post}{Host}Content-Length: {length}\r\n\r\n{{}}");

    [Theory]
    [InlineData("chunked, identity")]
    [InlineData("identity")]
    [InlineData("gzip, chunked")]
    [InlineData("chunked, chunked")]
    [InlineData("xchunked")]
    public Task EncodingOtherThanChunked(string encoding) => ShouldBeRefusedAsync($"{Post}{Host}Transfer-Encoding: {encoding}\r\n\r\n0\r\n\r\n");

    [Fact]
    public Task TwoEncodings() => ShouldBeRefusedAsync($"{Post}{Host}{Chunked}{Chunked}\r\n0\r\n\r\n");

    [Theory]
    [InlineData($"GET {BadInputFixture.Stage}/open HTTP/1.1\n{Host}\r\n")]
    [InlineData($"{Get}Host: localhost\n\r\n")]
    [InlineData($"{Get}{Host}X-A: a\nX-B: b\r\n\r\n")]
    public Task BareLineFeed(string request) => ShouldBeRefusedAsync(request);

    [Fact]
    public Task LineFeedInChunkExtension() => ShouldBeRefusedAsync($"{Post}{Host}{Chunked}\r\n2;a\nxx\r\n0\r\n\r\n");

    [Theory]
    [InlineData("Content-Length : 2\r\n")]
    [InlineData("Transfer-Encoding : chunked\r\n")]
    [InlineData("X-A : a\r\n")]
    public Task SpaceBeforeColon(string header) => ShouldBeRefusedAsync($"{Post}{Host}{header}\r\n");

    [Theory]
    [InlineData("-1")]
    [InlineData("FFFFFFFFFFFFFFFFF")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("0x2")]
    [InlineData("zz")]
    public Task ChunkSizeThatIsNone(string size) => ShouldBeRefusedAsync($"{Post}{Host}{Chunked}\r\n{size}\r\n{{}}\r\n0\r\n\r\n");

    [Theory]
    [InlineData("-1")]
    [InlineData("FFFFFFFFFFFFFFFFF")]
    public Task ChunkSizeThatIsNone_WhileItIsForwarded(string size) => ShouldBeRefusedAsync($"{Forward}{Host}{Chunked}\r\n{size}\r\n{{}}\r\n0\r\n\r\n");

    [Fact]
    public Task FoldedHeader() => ShouldBeRefusedAsync($"{Get}{Host}X-A: a\r\n b\r\n\r\n");

    [Theory]
    [InlineData("X-A: a\0b\r\n")]
    [InlineData("X-A: a\rb\r\n")]
    [InlineData(": a\r\n")]
    [InlineData("X-A\r\n")]
    public Task HeaderThatIsNone(string header) => ShouldBeRefusedAsync($"{Get}{Host}{header}\r\n");

    // Without TLS only HTTP/1 is spoken, so that streams that are opened and reset never begin.
    [Fact]
    public async Task Http2RapidReset_IsClosedUnserved()
    {
        const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
        const string Settings = "\0\0\0\u0004\0\0\0\0\0";
        var streams = Enumerable.Range(0, 1000).Select(number => $"{(char)(number >> 7)}{(char)(((number << 1) | 1) & 0xff)}")
            .Select(id => $"\0\0\u0003\u0001\u0005\0\0{id}\u0082\u0084\u0086" + $"\0\0\u0004\u0003\0\0\0{id}\0\0\0\u0008");
        var call = await RawCall.SendAsync(fixture.Gateway.Data, Preface + Settings + string.Concat(streams));
        Assert.True(call.IsClosed);
        Assert.DoesNotContain("200", call.Answer, StringComparison.Ordinal);
        Assert.Equal(200, (await fixture.Gateway.GetAsync("bad/aws/open")).Status);
    }

    [Fact]
    public async Task OrdinaryRequests_OnOneConnection_AreAllServed()
    {
        string chunked = $"{Post}{Host}{Chunked}\r\nc;ext=1\r\n{{\"name\":\"n\"}}\r\n0\r\n\r\n";
        var call = await RawCall.SendAsync(fixture.Gateway.Data, $"{Get}{Host}\r\n{chunked}{Get}{Host}Connection: close\r\n\r\n");
        Assert.Equal((200, 3, true), (call.Status, call.Answers, call.IsClosed));
    }

    private async Task ShouldBeRefusedAsync(string request)
    {
        var call = await RawCall.SendAsync(fixture.Gateway.Data, $"{request}{Get}{Host}\r\n");
        Assert.Equal((400, 1, true), (call.Status, call.Answers, call.IsClosed));
    }
}
