using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.ErrorMatrix;

public sealed class IntegrationRowTests(MatrixFixture matrix) : IClassFixture<MatrixFixture>
{
    private const string Internal = "InternalServerErrorException";

    [Fact]
    public async Task AccessDenied_CacheInvalidationNotAllowed_403() =>
        (await matrix.Gateway.GetAsync("matrix/prod/cached", key: null, ("Cache-Control", "max-age=0"))).ShouldBe(403, "AccessDeniedException", """{"message":"Forbidden"}""");

    [Fact]
    public async Task IntegrationRejected_ConcurrencyUsedUp_500()
    {
        var first = matrix.Gateway.GetAsync("matrix/prod/hold");
        await matrix.Held.WaitAsync(TimeSpan.FromSeconds(30));
        (await matrix.Gateway.GetAsync("matrix/prod/hold")).ShouldBe(500, Internal, """{"message":"Internal server error"}""");
        matrix.Release();
        Assert.Equal(200, (await first).Status);
        Assert.Equal(200, (await matrix.Gateway.GetAsync("matrix/prod/hold")).Status);
    }

    [Fact]
    public async Task IntegrationTimeout_504() =>
        (await matrix.Gateway.GetAsync("matrix/prod/hang")).ShouldBe(504, Internal, """{"message":"Endpoint request timed out"}""");

    [Theory]
    [InlineData("matrix/prod/absent")]
    [InlineData("matrix/prod/reset")]
    public async Task IntegrationFailure_504(string path) =>
        (await matrix.Gateway.GetAsync(path)).ShouldBe(504, Internal, """{"message":"Internal server error"}""");
}
