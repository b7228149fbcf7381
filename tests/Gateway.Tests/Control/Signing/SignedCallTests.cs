using System.Text;
using ApiPoc.Gateway.Tests.Kit;
using Microsoft.Extensions.DependencyInjection;

namespace ApiPoc.Gateway.Tests.Control.Signing;

public sealed class SignedCallTests(RedisFixture fixture) : IClassFixture<RedisFixture>, IAsyncLifetime
{
    private const string Mismatch = "The request signature we calculated does not match the signature you provided. "
        + "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

    private GatewayHost _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayHost.StartAsync(fixture.Redis, "{}");

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("GET", "apikeys")]
    [InlineData("GET", "nowhere")]
    [InlineData("POST", "apikeys?mode=import&format=csv")]
    public async Task NotSigned_MissingAuthenticationToken(string method, string path) =>
        await ShouldBeRefusedAsync(Request(method, path), 403, "MissingAuthenticationTokenException", "Missing Authentication Token");

    [Fact]
    public async Task Signed_IsAnswered() => Assert.Equal(200, (await SendAsync(await SignedAsync(Request("GET", "apikeys?limit=5&name=a%20b%2Fc")))).Status);

    [Fact]
    public async Task UnknownAccessKey_UnrecognizedClient() => await ShouldBeRefusedAsync(
        await SignedAsync(Request("GET", "apikeys"), accessKeyId: "nobody"), 403, "UnrecognizedClientException", "The security token included in the request is invalid.");

    [Fact]
    public async Task AnotherSecret_InvalidSignature() =>
        await ShouldBeRefusedAsync(await SignedAsync(Request("GET", "apikeys"), secret: "guess"), 403, "InvalidSignatureException", Mismatch);

    [Fact]
    public async Task PathChangedAfterwards_InvalidSignature()
    {
        var request = await SignedAsync(Request("GET", "apikeys"));
        request.RequestUri = new Uri(_gateway.Control, "apikeys/other");
        await ShouldBeRefusedAsync(request, 403, "InvalidSignatureException", Mismatch);
    }

    [Fact]
    public async Task BodyChangedAfterwards_InvalidSignature()
    {
        var request = await SignedAsync(Request("POST", "apikeys", """{"name":"mine"}"""));
        request.Content = new StringContent("""{"name":"else"}""");
        await ShouldBeRefusedAsync(request, 403, "InvalidSignatureException", Mismatch);
    }

    [Fact]
    public async Task SixMinutesOld_InvalidSignature()
    {
        var request = Request("GET", "apikeys");
        await RequestSigner.SignAsync(request, _gateway.Services.GetRequiredService<TimeProvider>().GetUtcNow() - TimeSpan.FromMinutes(6));
        var reply = await SendAsync(request);
        Assert.Equal((403, "InvalidSignatureException"), (reply.Status, reply["x-amzn-ErrorType"]));
        Assert.StartsWith("Signature expired: ", (string?)reply.Json["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task BodyAboveTheLimit_413()
    {
        var request = Request("POST", "apikeys", new string('x', 1024 * 1024 + 1));
        request.Headers.ExpectContinue = true;
        var reply = await SendAsync(await SignedAsync(request));
        Assert.Equal((413, "RequestEntityTooLargeException"), (reply.Status, reply["x-amzn-ErrorType"]));
    }

    [Fact]
    public async Task SignedBody_ReachesTheOperation()
    {
        var reply = await SendAsync(await SignedAsync(Request("POST", "apikeys", """{"name":"n","value":"signed-body-key-000000001"}""")));
        Assert.Equal((201, "signed-body-key-000000001"), (reply.Status, (string?)reply.Json["value"]));
    }

    private HttpRequestMessage Request(string method, string path, string? body = null) => new(new HttpMethod(method), new Uri(_gateway.Control, path))
    {
        Content = body is null ? null : new StringContent(body, Encoding.UTF8),
    };

    private async Task<HttpRequestMessage> SignedAsync(HttpRequestMessage request, string accessKeyId = "test", string secret = "test")
    {
        await RequestSigner.SignAsync(request, _gateway.Services.GetRequiredService<TimeProvider>().GetUtcNow(), accessKeyId, secret);
        return request;
    }

    private async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using (request)
            return await Reply.OfAsync(await _gateway.Client.SendAsync(request));
    }

    private async Task ShouldBeRefusedAsync(HttpRequestMessage request, int status, string type, string message)
    {
        var reply = await SendAsync(request);
        Assert.Equal((status, type, message), (reply.Status, reply["x-amzn-ErrorType"], (string?)reply.Json["message"]));
    }
}
