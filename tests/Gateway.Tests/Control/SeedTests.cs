using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.Control;

/// <summary>Once gateway.json has seeded the registry, the registry is the truth (docs/decisions).</summary>
public sealed class SeedTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Change_OfASeededPlan_StaysUntilTheFileDeclaresThatPlanAnew()
    {
        await using var gateway = await GatewayHost.StartAsync(fixture.Redis, Definition(rate: 5));
        await gateway.ControlAsync("PATCH", "usageplans/kept", ControlGateway.Patch("replace", "/throttle/rateLimit", "7"));
        await gateway.ControlAsync("DELETE", "apikeys/gone");

        await using (var restarted = await GatewayHost.StartAsync(fixture.Redis, Definition(rate: 5, other: "another plan's change")))
        {
            await Eventually.IsTrueAsync(async () => await DescriptionAsync(restarted, "other") == "another plan's change", "the file's new declaration is seeded");
            Assert.Equal(7, await RateAsync(restarted));
            Assert.Equal(404, (await restarted.ControlAsync("GET", "apikeys/gone")).Status);
        }

        gateway.Write(Definition(rate: 6));
        await Eventually.IsTrueAsync(async () => await RateAsync(gateway) == 6, "the changed declaration is seeded");
    }

    private static async Task<double> RateAsync(GatewayHost gateway) => (double)(await gateway.ControlAsync("GET", "usageplans/kept")).Json["throttle"]!["rateLimit"]!;

    private static async Task<string?> DescriptionAsync(GatewayHost gateway, string plan) => (string?)(await gateway.ControlAsync("GET", $"usageplans/{plan}")).Json["description"];

    private static string Definition(double rate, string other = "first") => $$"""
        {
          "restApis": { "seed": { "resources": { "/r": { "GET": { "integration": { "mock": {} } } } }, "stages": { "s": {} } } },
          "usagePlans": { "kept": { "throttle": { "rateLimit": {{rate}}, "burstLimit": 5 } }, "other": { "description": "{{other}}" } },
          "apiKeys": { "gone": { "value": "a-key-that-is-deleted-01" } }
        }
        """;
}
