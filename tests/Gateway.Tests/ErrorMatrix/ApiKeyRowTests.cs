using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.ErrorMatrix;

public sealed class ApiKeyRowTests(MatrixFixture matrix) : IClassFixture<MatrixFixture>
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("an-unknown-key-000000000001")]
    [InlineData(MatrixFixture.DisabledKey)]
    [InlineData(MatrixFixture.PlanlessKey)]
    [InlineData(MatrixFixture.Key + "!")]
    public async Task InvalidApiKey_403(string? key) => ShouldBeForbidden(await matrix.Gateway.GetAsync("matrix/prod/keyed", key));

    [Fact]
    public async Task InvalidApiKey_LongerThanAnyKey_403() => ShouldBeForbidden(await matrix.Gateway.GetAsync("matrix/prod/keyed", new string('k', 129)));

    [Fact]
    public async Task InvalidApiKey_InTheQuery_403() => ShouldBeForbidden(await matrix.Gateway.GetAsync($"matrix/prod/keyed?x-api-key={MatrixFixture.Key}"));

    [Fact]
    public async Task InvalidApiKey_TwoHeaders_403()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(matrix.Gateway.Data, "_aws/execute-api/matrix/prod/keyed"));
        request.Headers.TryAddWithoutValidation("x-api-key", [MatrixFixture.Key, MatrixFixture.Key]);
        ShouldBeForbidden(await Reply.OfAsync(await matrix.Gateway.Client.SendAsync(request)));
    }

    [Fact]
    public async Task ValidApiKey_200() => Assert.Equal(200, (await matrix.Gateway.GetAsync("matrix/prod/keyed", MatrixFixture.Key)).Status);

    private static void ShouldBeForbidden(Reply reply) => reply.ShouldBe(403, "ForbiddenException", """{"message":"Forbidden"}""");
}
