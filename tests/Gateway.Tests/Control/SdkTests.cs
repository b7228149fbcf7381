using System.Text.Json.Nodes;
using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.Control;

/// <summary>What AWS's own SDK does with the control plane, and what callers of the data plane notice of it.</summary>
public sealed class SdkTests(RedisFixture fixture) : IClassFixture<RedisFixture>, IAsyncLifetime
{
    private GatewayHost _gateway = null!;
    private GatewayHost _other = null!;
    private AwsSdk _sdk = null!;

    public async Task InitializeAsync()
    {
        const string definition = """
            {
              "restApis": { "sdk": { "resources": { "/pets/{id}": { "GET": { "apiKeyRequired": true, "integration": { "mock": {} } } } }, "stages": { "prod": {} } } }
            }
            """;
        _gateway = await GatewayHost.StartAsync(fixture.Redis, definition);
        _other = await GatewayHost.StartAsync(fixture.Redis, definition);
        _sdk = await AwsSdk.StartAsync(_gateway.Control);
    }

    public async Task DisposeAsync()
    {
        _sdk.Dispose();
        await _gateway.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task Key_MadeInAPlan_WorksWithinASecondAndStopsWithinASecondEverywhere()
    {
        var plan = await _sdk.CallAsync("CreateUsagePlan", new { name = "life", apiStages = new[] { new { apiId = "sdk", stage = "prod" } } });
        var key = await _sdk.CallAsync("CreateApiKey", new { name = "life", enabled = true });
        string value = (string)key["value"]!;
        Assert.Matches("^[A-Za-z0-9]{40}$", value);
        await _sdk.CallAsync("CreateUsagePlanKey", new { usagePlanId = Id(plan), keyId = Id(key), keyType = "API_KEY" });
        await ShouldAnswerWithinASecondAsync(value, 200);

        await _sdk.CallAsync("UpdateApiKey", new { apiKey = Id(key), patchOperations = new[] { new { op = "replace", path = "/enabled", value = "false" } } });
        await ShouldAnswerWithinASecondAsync(value, 403);

        await _sdk.CallAsync("UpdateApiKey", new { apiKey = Id(key), patchOperations = new[] { new { op = "replace", path = "/enabled", value = "true" } } });
        await ShouldAnswerWithinASecondAsync(value, 200);

        await _sdk.CallAsync("DeleteApiKey", new { apiKey = Id(key) });
        await ShouldAnswerWithinASecondAsync(value, 403);
        Assert.Equal((404, "NotFoundException", "Invalid API Key identifier specified"), (await _sdk.RefusedAsync("GetApiKey", new { apiKey = Id(key) })).Error);
    }

    [Fact]
    public async Task Keys_AreListedPageByPageEachOnce()
    {
        var made = new List<string>();
        for (int index = 0; index < 5; index++)
            made.Add(Id(await _sdk.CallAsync("CreateApiKey", new { name = $"paged-{index}", value = $"paged-key-value-000000{index}" })));

        var pages = await _sdk.PagesAsync("GetApiKeys", new { nameQuery = "paged-", limit = 2, includeValues = true });
        Assert.Equal([2, 2, 1], pages.Select(page => page["items"]!.AsArray().Count));
        var listed = pages.SelectMany(page => page["items"]!.AsArray()).ToList();
        Assert.Equal(made.Order(StringComparer.Ordinal), listed.Select(key => Id(key!)));
        Assert.All(listed, key => Assert.StartsWith("paged-key-value-", (string)key!["value"]!, StringComparison.Ordinal));
        Assert.Null((await _sdk.PagesAsync("GetApiKeys", new { nameQuery = "paged-", limit = 2 }))[0]["items"]![0]!["value"]);
    }

    [Fact]
    public async Task Times_AreReadAsTimesByTheSdk()
    {
        var key = await _sdk.CallAsync("CreateApiKey", new { name = "timed" });
        var created = DateTimeOffset.Parse((string)key["createdDate"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(created, DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(130));
    }

    [Fact]
    public async Task Plan_IsCreatedPatchedUsedAndDeleted()
    {
        var plan = await _sdk.CallAsync("CreateUsagePlan", new
        {
            name = "gold",
            apiStages = new[] { new { apiId = "sdk", stage = "prod", throttle = new Dictionary<string, object> { ["/pets/{id}/GET"] = new { rateLimit = 5.5, burstLimit = 7 } } } },
            throttle = new { rateLimit = 100.5, burstLimit = 200 },
            quota = new { limit = 10, offset = 2, period = "WEEK" },
            tags = new { team = "a" },
        });
        plan = await _sdk.CallAsync("UpdateUsagePlan", new
        {
            usagePlanId = Id(plan),
            patchOperations = new[]
            {
                new { op = "replace", path = "/description", value = "patched" },
                new { op = "replace", path = "/throttle/rateLimit", value = "50" },
                new { op = "replace", path = "/quota/period", value = "DAY" },
                new { op = "replace", path = "/apiStages/sdk:prod/throttle/~1pets~1{id}/GET/rateLimit", value = "6" },
            },
        });
        Assert.Equal(
            """{"id":"*","name":"gold","description":"patched","apiStages":[{"apiId":"sdk","stage":"prod","throttle":{"/pets/{id}/GET":{"burstLimit":7,"rateLimit":6}}}],"throttle":{"burstLimit":200,"rateLimit":50},"quota":{"limit":10,"offset":2,"period":"DAY"},"tags":{"team":"a"}}""",
            plan.ToJsonString().Replace(Id(plan), "*", StringComparison.Ordinal));

        var key = await _sdk.CallAsync("CreateApiKey", new { name = "gold", enabled = true });
        await _sdk.CallAsync("CreateUsagePlanKey", new { usagePlanId = Id(plan), keyId = Id(key), keyType = "API_KEY" });
        Assert.Equal(200, (await _gateway.GetAsync("sdk/prod/pets/1", (string)key["value"]!)).Status);
        string today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd");
        await Eventually.IsTrueAsync(
            async () => Usage(await _sdk.CallAsync("GetUsage", new { usagePlanId = Id(plan), startDate = today, endDate = today }), key) == "[[1,7]]", "the call is counted");
        var granted = await _sdk.CallAsync("UpdateUsage", new
        {
            usagePlanId = Id(plan),
            keyId = Id(key),
            patchOperations = new[] { new { op = "replace", path = "/remaining", value = "500" } },
        });
        Assert.Equal("[[1,500]]", Usage(granted, key));

        Assert.Equal(
            (400, "BadRequestException", $"Cannot delete Usage Plan {Id(plan)} because there are API Stages associated with it"),
            (await _sdk.RefusedAsync("DeleteUsagePlan", new { usagePlanId = Id(plan) })).Error);
        await _sdk.CallAsync("UpdateUsagePlan", new { usagePlanId = Id(plan), patchOperations = new[] { new { op = "remove", path = "/apiStages", value = "sdk:prod" } } });
        await _sdk.CallAsync("DeleteUsagePlan", new { usagePlanId = Id(plan) });
        Assert.Equal("NotFoundException", (await _sdk.RefusedAsync("GetUsagePlan", new { usagePlanId = Id(plan) })).Error.Name);
    }

    [Fact]
    public async Task Stage_IsReadPatchedAndFlushed()
    {
        var stage = await _sdk.CallAsync("UpdateStage", new
        {
            restApiId = "sdk",
            stageName = "prod",
            patchOperations = new[]
            {
                new { op = "replace", path = "/cacheClusterEnabled", value = "true" },
                new { op = "replace", path = "/*/*/caching/enabled", value = "true" },
                new { op = "replace", path = "/~1pets~1{id}/GET/throttling/rateLimit", value = "12.5" },
            },
        });
        Assert.Equal("AVAILABLE", (string)stage["cacheClusterStatus"]!);
        Assert.Equal((12.5, 5000), ((double)stage["methodSettings"]!["~1pets~1{id}/GET"]!["throttlingRateLimit"]!, (int)stage["methodSettings"]!["~1pets~1{id}/GET"]!["throttlingBurstLimit"]!));
        await _sdk.CallAsync("FlushStageCache", new { restApiId = "sdk", stageName = "prod" });
        Assert.Contains("sdk", (await _sdk.PagesAsync("GetRestApis", new { limit = 1 })).SelectMany(page => page["items"]!.AsArray()).Select(api => Id(api!)));
        var resources = await _sdk.PagesAsync("GetResources", new { restApiId = "sdk", limit = 2, embed = new[] { "methods" } });
        Assert.Equal(["/", "/pets", "/pets/{id}"], resources.SelectMany(page => page["items"]!.AsArray()).Select(resource => (string)resource!["path"]!));
    }

    [Fact]
    public async Task Keys_AreImported()
    {
        var plan = await _sdk.CallAsync("CreateUsagePlan", new { name = "imports", apiStages = new[] { new { apiId = "sdk", stage = "prod" } } });
        string file = $"Name,Key,UsagePlanIds\nimported,imported-by-the-sdk-key-00000001,{Id(plan)}\nbad,short,\n";
        Assert.Equal("BadRequestException", (await _sdk.RefusedAsync("ImportApiKeys", new { format = "csv", failOnWarnings = true, body = file })).Error.Name);
        var report = await _sdk.CallAsync("ImportApiKeys", new { format = "csv", failOnWarnings = false, body = file });
        Assert.Single(report["ids"]!.AsArray());
        Assert.Single(report["warnings"]!.AsArray());
        await ShouldAnswerWithinASecondAsync("imported-by-the-sdk-key-00000001", 200);
    }

    [Fact]
    public async Task Refusals_AreTheSdksOwnExceptions()
    {
        Assert.Equal("BadRequestException", (await _sdk.RefusedAsync("CreateApiKey", new { value = "short" })).Error.Name);
        await _sdk.CallAsync("CreateApiKey", new { value = "a-value-that-is-taken-01" });
        Assert.Equal((409, "ConflictException", "API Key already exists"), (await _sdk.RefusedAsync("CreateApiKey", new { value = "a-value-that-is-taken-01" })).Error);
        Assert.Equal((400, "BadRequestException"), (await _sdk.RefusedAsync("CreateRestApi", new { name = "new" })).Error is var (status, name, _) ? (status, name) : default);
    }

    private static string Id(JsonNode resource) => (string)resource["id"]!;

    private static string? Usage(JsonNode usage, JsonNode key) => usage["items"]![Id(key)]?.ToJsonString();

    private async Task ShouldAnswerWithinASecondAsync(string value, int status)
    {
        foreach (var gateway in new[] { _gateway, _other })
            await Promise.HoldsWithinASecondAsync(async () => (await gateway.GetAsync("sdk/prod/pets/1", value)).Status == status, $"each instance answers {status}");
    }
}
