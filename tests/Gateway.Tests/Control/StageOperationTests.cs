using System.Text.Json.Nodes;
using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.Control;

public sealed class StageOperationTests(ControlGateway control) : IClassFixture<ControlGateway>
{
    private const string Dev = "restapis/pets/stages/dev";

    [Fact]
    public async Task Get_ShowsTheStageWhole()
    {
        var stage = await control.CallAsync("GET", "restapis/pets/stages/prod");
        Assert.Equal(
            """{"stageName":"prod","cacheClusterEnabled":false,"cacheClusterStatus":"NOT_AVAILABLE","methodSettings":{},"variables":{"backEnd":"http://localhost:9"},"tracingEnabled":false}""",
            Without(stage, "deploymentId", "createdDate", "lastUpdatedDate"));
        string deployment = (string)stage["deploymentId"]!;
        Assert.Equal(deployment, (string)(await control.CallAsync("GET", $"restapis/pets/deployments/{deployment}"))["id"]!);
        Assert.Equal(["dev", "prod"], (await control.CallAsync("GET", "restapis/pets/stages"))["item"]!.AsArray().Select(each => (string)each!["stageName"]!));
    }

    [Theory]
    [InlineData("/metrics/enabled", "true", "metricsEnabled", "true")]
    [InlineData("/logging/dataTrace", "true", "dataTraceEnabled", "true")]
    [InlineData("/logging/loglevel", "ERROR", "loggingLevel", "\"ERROR\"")]
    [InlineData("/throttling/burstLimit", "7", "throttlingBurstLimit", "7")]
    [InlineData("/throttling/rateLimit", "7.5", "throttlingRateLimit", "7.5")]
    [InlineData("/caching/enabled", "true", "cachingEnabled", "true")]
    [InlineData("/caching/dataEncrypted", "true", "cacheDataEncrypted", "true")]
    [InlineData("/caching/ttlInSeconds", "60", "cacheTtlInSeconds", "60")]
    [InlineData("/caching/requireAuthorizationForCacheControl", "false", "requireAuthorizationForCacheControl", "false")]
    [InlineData("/caching/unauthorizedCacheControlHeaderStrategy", "FAIL_WITH_403", "unauthorizedCacheControlHeaderStrategy", "\"FAIL_WITH_403\"")]
    public async Task Update_EachSetting_IsShownBesideDefaultsAndRemoved(string setting, string value, string member, string shown)
    {
        var expected = JsonNode.Parse("""
            {
              "metricsEnabled": false, "dataTraceEnabled": false, "throttlingBurstLimit": 5000, "throttlingRateLimit": 10000, "cachingEnabled": false, "cacheTtlInSeconds": 300,
              "cacheDataEncrypted": false, "requireAuthorizationForCacheControl": true, "unauthorizedCacheControlHeaderStrategy": "SUCCEED_WITH_RESPONSE_HEADER"
            }
            """)!.AsObject();
        expected[member] = JsonNode.Parse(shown);
        var stage = await control.PatchAsync(Dev, "replace", $"/~1pets~1{{id}}/GET{setting}", value);
        Assert.True(JsonNode.DeepEquals(expected, stage["methodSettings"]!["~1pets~1{id}/GET"]), stage.ToJsonString());
        // AWS's documents write the resource in either way.
        stage = await control.PatchAsync(Dev, "remove", "/pets/{id}/GET");
        Assert.Equal("{}", stage["methodSettings"]!.ToJsonString());

        stage = await control.PatchAsync(Dev, "replace", $"/*/*{setting}", value);
        Assert.True(JsonNode.DeepEquals(expected, stage["methodSettings"]!["*/*"]), stage.ToJsonString());
        stage = await control.PatchAsync(Dev, "remove", "/*/*");
        Assert.Equal("{}", stage["methodSettings"]!.ToJsonString());
    }

    [Fact]
    public async Task Update_NegativeThrottle_IsNone()
    {
        await control.PatchAsync(Dev, "replace", "/*/*/throttling/rateLimit", "5");
        var stage = await control.CallAsync("PATCH", Dev, """
            {"patchOperations":[{"op":"replace","path":"/*/*/throttling/rateLimit","value":"-1"},{"op":"replace","path":"/*/*/throttling/burstLimit","value":"-1"}]}
            """);
        Assert.Equal("{}", stage["methodSettings"]!.ToJsonString());
    }

    [Fact]
    public async Task Update_Throttle_LimitsCallsOfThatMethod()
    {
        await control.CallAsync("PATCH", Dev, """
            {"patchOperations":[{"op":"replace","path":"/~1pets~1{id}/GET/throttling/rateLimit","value":"0.001"},{"op":"replace","path":"/~1pets~1{id}/GET/throttling/burstLimit","value":"2"}]}
            """);
        await Eventually.IsTrueAsync(async () => (await PetAsync()).Status == 429, "the bucket of two is empty");
        await control.PatchAsync(Dev, "remove", "/~1pets~1{id}/GET");
        Assert.Equal(200, (await PetAsync()).Status);
    }

    [Fact]
    public async Task Flush_AnswersWithoutABodyAndEmptiesTheCache()
    {
        await control.PatchAsync(Dev, "replace", "/cacheClusterEnabled", "true");
        await control.PatchAsync(Dev, "replace", "/*/*/caching/enabled", "true");
        string first = (await PetAsync()).Body;
        Assert.Equal(first, (await PetAsync()).Body);
        Assert.Equal((202, ""), await control.Gateway.ControlAsync("DELETE", $"{Dev}/cache/data") is var reply ? (reply.Status, reply.Body) : default);
        Assert.NotEqual(first, (await PetAsync()).Body);
        await control.PatchAsync(Dev, "remove", "/*/*");
        await control.PatchAsync(Dev, "replace", "/cacheClusterEnabled", "false");
    }

    [Fact]
    public async Task Update_Variables_AreSetAndRemoved()
    {
        Assert.Equal("""{"backEnd":"","x":"http://localhost:1/a?b=c"}""", (await control.PatchAsync(Dev, "replace", "/variables/x", "http://localhost:1/a?b=c"))["variables"]!.ToJsonString());
        Assert.Equal("""{"backEnd":""}""", (await control.PatchAsync(Dev, "remove", "/variables/x"))["variables"]!.ToJsonString());
    }

    [Theory]
    [InlineData("replace", "/~1nope/GET/throttling/rateLimit", "1", 400, "Invalid method setting path: /nope/GET: no such method in this API")]
    [InlineData("replace", "/~1pets~1{id}/POST/throttling/rateLimit", "1", 400, "Invalid method setting path: /pets/{id}/POST: no such method in this API")]
    [InlineData("remove", "/~1pets~1{id}/GET", null, 404, "Invalid method setting path: /~1pets~1{id}/GET")]
    [InlineData("replace", "/*/*/caching/ttlInSeconds", "3601", 400, """methodSettings["*/*"].cacheTtlInSeconds: 3601: 0 to 3600""")]
    [InlineData("replace", "/*/*/throttling/burstLimit", "0", 400, """methodSettings["*/*"].throttlingBurstLimit: 0: 1 to 1000000 requests""")]
    [InlineData("replace", "/*/*/logging/loglevel", "LOUD", 400, """methodSettings["*/*"].loggingLevel: LOUD: OFF, ERROR or INFO""")]
    [InlineData("replace", "/cacheClusterSize", "7", 400, "Invalid value '7' for patch path '/cacheClusterSize': expected one of 0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237")]
    [InlineData("remove", "/variables/backEnd", null, 400, "variables.backEnd: (missing): used by an integration or authorizer; declare it, empty when configuration gives it")]
    [InlineData("remove", "/cacheClusterEnabled", null, 400, "Invalid patch path  '/cacheClusterEnabled' specified for op 'remove'. Please choose supported operations")]
    public async Task Update_WithSomethingWrong_IsToldWhat(string op, string path, string? value, int status, string message) =>
        Assert.Equal((status, message), await control.RefusedAsync("PATCH", Dev, ControlGateway.Patch(op, path, value)) is var (actual, _, text) ? (actual, text) : default);

    [Fact]
    public async Task Update_UnknownPath_ListsThePaths()
    {
        var (_, _, message) = await control.RefusedAsync("PATCH", Dev, ControlGateway.Patch("replace", "/nope", "x"));
        Assert.StartsWith("Invalid patch path  '/nope' specified for op 'replace'. Must be one of: [/cacheClusterEnabled, ", message, StringComparison.Ordinal);
        Assert.Contains("/{resourcePath}/{httpMethod}/throttling/rateLimit, ", message, StringComparison.Ordinal);
    }

    private static string Without(JsonNode document, params string[] members)
    {
        var copy = document.DeepClone().AsObject();
        Assert.All(members, member => Assert.True(copy.Remove(member), member));
        return copy.ToJsonString();
    }

    private Task<Reply> PetAsync() => control.Gateway.GetAsync("pets/dev/pets/1", "seeded-key-value-000001");
}
