using System.Diagnostics;
using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.Integrations;

/// <summary>AWS services that accept calls and do not answer them.</summary>
public sealed class SilentServiceTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);
    // The time-out and what a busy machine adds; without one it would be the test's end that ends the call.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("table", "")]
    [InlineData("table", "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: 100\r\n\r\n{")]
    [InlineData("queue", "")]
    [InlineData("queue", "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: 100\r\n\r\n{")]
    public async Task Call_WithinTheIntegrationsTimeout_504(string path, string beginning)
    {
        await using var service = SilentBackend.Start(beginning);
        await using var gateway = await GatewayHost.StartAsync(
            fixture.Redis,
            $$"""
            {
              "restApis": {
                "silent": {
                  "resources": {
                    "/table": { "POST": { "integration": { "timeout": "{{Timeout}}", "dynamoDb": { "table": "movies", "attributes": { "id": "S" } } } } },
                    "/queue": { "POST": { "integration": { "timeout": "{{Timeout}}", "sqs": { "queue": "ingest-queue" } } } }
                  },
                  "stages": { "s": {} }
                }
              }
            }
            """,
            ("AWS_ENDPOINT_URL", service.Address), ("AWS_ENDPOINT_URL_DYNAMODB", service.Address),
            ("AWS_REGION", "eu-west-1"), ("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test"));
        long since = Stopwatch.GetTimestamp();
        var reply = await gateway.SendAsync("POST", $"silent/s/{path}", key: null, """{"id":"1"}""").WaitAsync(Soon);
        reply.ShouldBe(504, "InternalServerErrorException", """{"message":"Endpoint request timed out"}""");
        Assert.InRange(Stopwatch.GetElapsedTime(since), Timeout, Soon);
    }
}
