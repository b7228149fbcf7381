using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.ErrorMatrix;

public sealed class RoutingRowTests(MatrixFixture matrix) : IClassFixture<MatrixFixture>
{
    private const string Missing = """{"message":"Missing Authentication Token"}""";

    [Fact]
    public async Task MissingAuthenticationToken_NoSuchPath_403() =>
        (await matrix.Gateway.GetAsync("matrix/prod/nowhere")).ShouldBe(403, "MissingAuthenticationTokenException", Missing);

    [Fact]
    public async Task MissingAuthenticationToken_NoSuchMethod_403() =>
        (await matrix.Gateway.SendAsync("DELETE", "matrix/prod/open")).ShouldBe(403, "MissingAuthenticationTokenException", Missing);

    [Theory]
    [InlineData("matrix/nostage/open")]
    [InlineData("noapi/prod/open")]
    public async Task UnknownStage_403(string path) =>
        (await matrix.Gateway.GetAsync(path)).ShouldBe(403, "ForbiddenException", """{"message":"Forbidden"}""");

    [Fact]
    public async Task Wildcard_HostForm_FindsTheSame()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(matrix.Gateway.Data, "prod/open"));
        request.Headers.Host = $"matrix.execute-api.localhost:{matrix.Gateway.Data.Port}";
        var reply = await Reply.OfAsync(await matrix.Gateway.Client.SendAsync(request));
        Assert.Equal((200, "{}"), (reply.Status, reply.Body));
        reply.ShouldCarryIds();
    }
}
