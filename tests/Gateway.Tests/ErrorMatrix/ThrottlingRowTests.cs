using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.ErrorMatrix;

public sealed class ThrottlingRowTests(MatrixFixture matrix) : IClassFixture<MatrixFixture>
{
    private const string TooManyRequests = """{"message":"Too Many Requests"}""";

    [Fact]
    public async Task Throttled_PlanBucketEmpty_429()
    {
        Assert.Equal(200, (await matrix.Gateway.GetAsync("matrix/prod/keyed", MatrixFixture.BurstKey)).Status);
        var reply = await matrix.Gateway.GetAsync("matrix/prod/keyed", MatrixFixture.BurstKey);
        reply.ShouldBe(429, "TooManyRequestsException", TooManyRequests);
        Assert.Null(reply["Retry-After"]);
        Assert.Null(reply["RateLimit"]);
    }

    [Fact]
    public async Task Throttled_MethodBucketEmpty_429()
    {
        Assert.Equal(200, (await matrix.Gateway.GetAsync("matrix/prod/throttled")).Status);
        (await matrix.Gateway.GetAsync("matrix/prod/throttled")).ShouldBe(429, "TooManyRequestsException", TooManyRequests);
    }

    [Fact]
    public async Task QuotaExceeded_429()
    {
        Assert.Equal(200, (await matrix.Gateway.GetAsync("matrix/prod/keyed", MatrixFixture.QuotaKey)).Status);
        (await matrix.Gateway.GetAsync("matrix/prod/keyed", MatrixFixture.QuotaKey)).ShouldBe(429, "LimitExceededException", """{"message":"Limit Exceeded"}""");
    }
}
