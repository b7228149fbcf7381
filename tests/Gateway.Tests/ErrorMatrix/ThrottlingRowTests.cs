using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;

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
    public async Task Throttled_PlanMethodBucketEmpty_429()
    {
        Assert.Equal(200, (await matrix.Gateway.GetAsync("matrix/prod/keyed", MatrixFixture.PlanMethodKey)).Status);
        (await matrix.Gateway.GetAsync("matrix/prod/keyed", MatrixFixture.PlanMethodKey)).ShouldBe(429, "TooManyRequestsException", TooManyRequests);
    }

    [Fact]
    public async Task Throttled_StageBucketEmpty_429()
    {
        Assert.Equal(200, (await matrix.Gateway.GetAsync("matrix/tight/open")).Status);
        (await matrix.Gateway.GetAsync("matrix/tight/guarded")).ShouldBe(429, "TooManyRequestsException", TooManyRequests);
    }

    [Fact]
    public async Task Throttled_AccountBucketEmpty_429()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(redis, """
            {
              "account": { "throttle": { "rateLimit": 0.01, "burstLimit": 1 } },
              "restApis": {
                "one": { "resources": { "/r": { "GET": { "integration": { "mock": {} } } } }, "stages": { "s": {} } },
                "other": { "resources": { "/r": { "GET": { "integration": { "mock": {} } } } }, "stages": { "s": {} } }
              }
            }
            """);
        Assert.Equal(200, (await gateway.GetAsync("one/s/r")).Status);
        (await gateway.GetAsync("other/s/r")).ShouldBe(429, "TooManyRequestsException", TooManyRequests);
    }

    [Fact]
    public async Task QuotaExceeded_429()
    {
        Assert.Equal(200, (await matrix.Gateway.GetAsync("matrix/prod/keyed", MatrixFixture.QuotaKey)).Status);
        (await matrix.Gateway.GetAsync("matrix/prod/keyed", MatrixFixture.QuotaKey)).ShouldBe(429, "LimitExceededException", """{"message":"Limit Exceeded"}""");
    }
}
