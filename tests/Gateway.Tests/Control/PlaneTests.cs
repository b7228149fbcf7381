using System.Text.Json.Nodes;
using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.Control;

public sealed class PlaneTests(RedisFixture fixture) : IClassFixture<RedisFixture>, IAsyncLifetime
{
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayHost.StartAsync(
        fixture.Redis, """{ "restApis": { "open": { "resources": { "/r": { "GET": { "integration": { "mock": {} } } } }, "stages": { "s": {} } } } }""");

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("GET", "apikeys")]
    [InlineData("DELETE", "apikeys")]
    [InlineData("GET", "nowhere")]
    public async Task ControlPlane_OnTheDataPort_IsNowhere(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_gateway.Data, path));
        (await Reply.OfAsync(await _gateway.Client.SendAsync(request))).ShouldBe(403, "MissingAuthenticationTokenException", """{"message":"Missing Authentication Token"}""");
    }

    [Theory]
    [InlineData("GET", "_aws/execute-api/open/s/r")]
    [InlineData("GET", "alive")]
    [InlineData("PUT", "apikeys")]
    [InlineData("GET", "nowhere")]
    public async Task OtherPaths_OnTheControlPort_AreRefusedAsAwsDoes(string method, string path)
    {
        var reply = await _gateway.ControlAsync(method, path);
        Assert.Equal((403, "MissingAuthenticationTokenException", """{"message":"Missing Authentication Token"}"""), (reply.Status, reply["x-amzn-ErrorType"], reply.Body));
        Assert.True(Guid.TryParse(reply["x-amzn-RequestId"], out _));
    }

    [Fact]
    public async Task ControlPlane_OnItsPort_Answers() =>
        Assert.Equal((200, """{"item":[]}"""), await StatusAndBodyAsync("apikeys?name=none-has-this-name"));

    private async Task<(int Status, string Body)> StatusAndBodyAsync(string path)
    {
        var reply = await _gateway.ControlAsync("GET", path);
        return (reply.Status, JsonNode.Parse(reply.Body)!.ToJsonString());
    }
}
