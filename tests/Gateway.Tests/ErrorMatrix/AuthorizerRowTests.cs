using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.ErrorMatrix;

public sealed class AuthorizerRowTests(MatrixFixture matrix) : IClassFixture<MatrixFixture>
{
    [Fact]
    public async Task Unauthorized_IdentitySourceMissing_401() =>
        (await matrix.Gateway.GetAsync("matrix/prod/authorized")).ShouldBe(401, "UnauthorizedException", """{"message":"Unauthorized"}""");

    [Fact]
    public async Task Unauthorized_IdentitySourceEmpty_401() =>
        (await CallAsync("")).ShouldBe(401, "UnauthorizedException", """{"message":"Unauthorized"}""");

    [Fact]
    public async Task Unauthorized_TokenFailsValidation_401() =>
        (await CallAsync("NOT-LOWER-CASE")).ShouldBe(401, "UnauthorizedException", """{"message":"Unauthorized"}""");

    [Fact]
    public async Task Unauthorized_AuthorizerSaysSo_401() =>
        (await CallAsync("unauthorized")).ShouldBe(401, "UnauthorizedException", """{"message":"Unauthorized"}""");

    [Fact]
    public async Task AccessDenied_ExplicitDeny_403() =>
        (await CallAsync("deny")).ShouldBe(403, "AccessDeniedException", """{"Message":"User is not authorized to access this resource with an explicit deny"}""");

    [Fact]
    public async Task AccessDenied_NoMatchingAllow_403() =>
        (await CallAsync("no-match")).ShouldBe(403, "AccessDeniedException", """{"Message":"User is not authorized to access this resource"}""");

    [Fact]
    public async Task AuthorizerFailure_500() =>
        (await CallAsync("fail")).ShouldBe(500, "AuthorizerConfigurationException", """{"message":null}""");

    [Fact]
    public async Task Allowed_200() => Assert.Equal(200, (await CallAsync("allow")).Status);

    private Task<Reply> CallAsync(string token) => matrix.Gateway.GetAsync("matrix/prod/authorized", key: null, ("Authorization", token));
}
