using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Gateway.Usage;
using ApiPoc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ApiPoc.Gateway.Tests.Throttling;

public sealed class LimitTests(RedisFixture fixture) : IClassFixture<RedisFixture>, IAsyncLifetime
{
    private const string Explain = "x-apipoc-explain";
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayHost.StartAsync(fixture.Redis, $$"""
        {
          "restApis": {
            "limits": {
              "resources": {
                "/a": { "GET": { "apiKeyRequired": true, "integration": { "mock": {} } } },
                "/b": { "GET": { "apiKeyRequired": true, "integration": { "mock": {} } } }
              },
              "stages": {
                "s": { "methodSettings": { "*/*": { "throttlingRateLimit": 100, "throttlingBurstLimit": 100 }, "/a/GET": { "throttlingRateLimit": 50, "throttlingBurstLimit": 50 } } },
                "extended": { "parity": "EXTENDED" }
              }
            }
          },
          "usagePlans": {
            "full": {
              "apiStages": [{ "apiId": "limits", "stage": "s", "throttle": { "/a/GET": { "rateLimit": 10, "burstLimit": 10 } } }, { "apiId": "limits", "stage": "extended" }],
              "throttle": { "rateLimit": 20, "burstLimit": 20 },
              "quota": { "limit": 1000, "offset": 990, "period": "MONTH" }
            },
            "small": { "apiStages": [{ "apiId": "limits", "stage": "extended" }], "throttle": { "rateLimit": 0.1, "burstLimit": 1 } },
            "dry": { "apiStages": [{ "apiId": "limits", "stage": "s" }], "throttle": { "rateLimit": 0.1, "burstLimit": 1 }, "shadow": true }
          },
          "apiKeys": {
            "full": { "value": "limits-full-key-0000000001", "usagePlanIds": ["full"] },
            "offset": { "value": "limits-offset-key-00000001", "usagePlanIds": ["full"] },
            "small": { "value": "limits-small-key-000000001", "usagePlanIds": ["small"] },
            "dry": { "value": "limits-dry-key-00000000001", "usagePlanIds": ["dry"] }
          }
        }
        """);

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Explain_NamesEveryLimitInAwsOrder()
    {
        var reply = await _gateway.GetAsync("limits/s/a", "limits-full-key-0000000001", (Explain, "1"));
        var trace = System.Text.Json.Nodes.JsonNode.Parse(reply["x-apipoc-explanation"]!)!.AsArray();
        Assert.Equal(
            ["plan full method limits/s/a/GET", "plan full", "method limits/s/a/GET", "stage limits/s", "account", "quota full"],
            trace.Select(limit => (string)limit!["limit"]!));
        Assert.All(trace, limit => Assert.Equal((long)limit!["before"]! - 1, (long)limit["after"]!));
    }

    [Fact]
    public async Task Quota_FirstPeriod_IsShortenedByTheOffset_AndMoreCanBeGranted()
    {
        const string key = "limits-offset-key-00000001";
        for (int call = 0; call < 10; call++)
            Assert.Equal(200, (await _gateway.GetAsync("limits/extended/b", key)).Status);
        (await _gateway.GetAsync("limits/extended/b", key)).ShouldBe(429, "LimitExceededException", """{"message":"Limit Exceeded"}""");

        var usage = _gateway.Services.GetRequiredService<UsageStore>();
        await usage.SetRemainingAsync("full", "offset", 2, CancellationToken.None);
        Assert.Equal(200, (await _gateway.GetAsync("limits/extended/b", key)).Status);
        Assert.Equal(200, (await _gateway.GetAsync("limits/extended/b", key)).Status);
        Assert.Equal(429, (await _gateway.GetAsync("limits/extended/b", key)).Status);

        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await Eventually.IsTrueAsync(
            async () => (await usage.ReadAsync("full", "offset", today, today, CancellationToken.None))[0] is { Used: 12, Remaining: 0 }, "12 requests are counted");
    }

    [Fact]
    public async Task Extended_Refusal_CarriesExactRetryAfterAndPolicies()
    {
        const string key = "limits-small-key-000000001";
        var admitted = await _gateway.GetAsync("limits/extended/a", key);
        Assert.Equal("\"plan small\";q=1;w=10, \"account\";q=5000;w=1".Replace(", ", ",", StringComparison.Ordinal), admitted["RateLimit-Policy"]!.Replace(", ", ",", StringComparison.Ordinal));
        Assert.StartsWith("\"plan small\";r=0;t=10", admitted["RateLimit"], StringComparison.Ordinal);

        var refused = await _gateway.GetAsync("limits/extended/a", key, ("Accept", "application/problem+json"));
        Assert.Equal((429, "10", "application/problem+json"), (refused.Status, refused["Retry-After"], refused["Content-Type"]));
        Assert.Equal(
            ("https://iana.org/assignments/http-problem-types#quota-exceeded", "Too Many Requests", "[\"plan small\"]", "/a"),
            ((string)refused.Json["type"]!, (string)refused.Json["message"]!, refused.Json["violated-policies"]!.ToJsonString(), (string)refused.Json["resourcePath"]!));
    }

    [Fact]
    public async Task Shadow_PlanRunsDry_IsNotEnforced()
    {
        for (int call = 0; call < 3; call++)
            Assert.Equal(200, (await _gateway.GetAsync("limits/s/b", "limits-dry-key-00000000001")).Status);
    }

    [Fact]
    public async Task Plan_LimitRaised_IsInForceWithinASecond()
    {
        const string key = "limits-small-key-000000001";
        await _gateway.GetAsync("limits/extended/b", key);
        Assert.Equal(429, (await _gateway.GetAsync("limits/extended/b", key)).Status);
        await _gateway.Services.GetRequiredService<UsagePlans.UsagePlanStore>().UpdateAsync(
            "small", plan => plan with { Throttle = new() { RateLimit = 1000, BurstLimit = 1000 } }, CancellationToken.None);
        Assert.True(_gateway.Services.GetRequiredService<RegistryReplica>().IsFresh);
        Assert.Equal(200, (await _gateway.GetAsync("limits/extended/b", key)).Status);
    }
}
