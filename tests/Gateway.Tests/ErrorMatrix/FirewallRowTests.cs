using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.ErrorMatrix;

public sealed class FirewallRowTests(MatrixFixture matrix) : IClassFixture<MatrixFixture>
{
    [Fact]
    public async Task WafFiltered_OverTheRate_403()
    {
        for (int call = 1; call <= 10; call++)
            Assert.Equal(200, (await matrix.Gateway.GetAsync("matrix/prod/guarded")).Status);
        (await matrix.Gateway.GetAsync("matrix/prod/guarded")).ShouldBe(403, "ForbiddenException", """{"message":"Forbidden"}""");
    }
}
