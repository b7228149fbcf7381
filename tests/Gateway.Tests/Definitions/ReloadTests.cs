using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.Definitions;

public sealed class ReloadTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Reload_BadFile_KeepsTheLastGoodOne_GoodFile_IsInForce()
    {
        await using var gateway = await GatewayHost.StartAsync(fixture.Redis, Definition("first"));
        gateway.Write("""{ "restApis": { "reload": { "stages": 7 } } }""");
        gateway.Write("{ not json");
        Assert.Equal("first", (await gateway.GetAsync("reload/s/r")).Body);

        gateway.Write(Definition("second"));
        await Eventually.IsTrueAsync(async () => (await gateway.GetAsync("reload/s/r")).Body == "second", "the good file is in force");
    }

    private static string Definition(string body) =>
        $$"""{ "restApis": { "reload": { "resources": { "/r": { "GET": { "integration": { "mock": { "body": "{{body}}" } } } } }, "stages": { "s": {} } } } }""";
}
