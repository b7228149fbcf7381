using System.Diagnostics;
using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.Throttling;

public sealed class FleetAccuracyTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    private const int Gateways = 3;
    private const int CallersPerGateway = 4;

    [Fact]
    public async Task Rate_ManyGatewaysUnderLoad_AdmitsNoMoreThanThePlanGives()
    {
        const double rate = 100;
        const int burst = 50;
        var fleet = await StartAsync("rate", $$"""{"rateLimit":{{rate}},"burstLimit":{{burst}}}""", "null");
        var load = TimeSpan.FromSeconds(3);
        long startedAt = Stopwatch.GetTimestamp();
        int admitted = await LoadAsync(fleet, "rate", () => Stopwatch.GetElapsedTime(startedAt) < load);
        double seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        await StopAsync(fleet);

        Assert.True(admitted <= burst + (rate * seconds), $"{admitted} admitted in {seconds:0.000} s");
        Assert.True(admitted >= burst, $"{admitted} admitted in {seconds:0.000} s");
    }

    [Fact]
    public async Task Quota_ManyGatewaysUnderLoad_GivesTheLastUnitOnce()
    {
        var fleet = await StartAsync("quota", "null", """{"limit":100,"period":"MONTH"}""");
        int calls = 0;
        int admitted = await LoadAsync(fleet, "quota", () => Interlocked.Increment(ref calls) <= 300);
        await StopAsync(fleet);
        Assert.Equal(100, admitted);
    }

    private Task<GatewayHost[]> StartAsync(string name, string throttle, string quota)
    {
        string definition = $$"""
            {
              "account": { "throttle": { "rateLimit": 1000000, "burstLimit": 1000000 } },
              "restApis": { "{{name}}": { "resources": { "/r": { "GET": { "apiKeyRequired": true, "integration": { "mock": {} } } } }, "stages": { "s": {} } } },
              "usagePlans": { "{{name}}": { "apiStages": [{ "apiId": "{{name}}", "stage": "s" }], "throttle": {{throttle}}, "quota": {{quota}} } },
              "apiKeys": { "{{name}}": { "value": "{{Key(name)}}", "usagePlanIds": ["{{name}}"] } }
            }
            """;
        return Task.WhenAll(Enumerable.Range(0, Gateways).Select(_ => GatewayHost.StartAsync(fixture.Redis, definition)));
    }

    private static async Task<int> LoadAsync(GatewayHost[] fleet, string name, Func<bool> goesOn)
    {
        int admitted = 0;
        await Task.WhenAll(fleet.SelectMany(gateway => Enumerable.Repeat(gateway, CallersPerGateway)).Select(async gateway =>
        {
            while (goesOn())
            {
                int status = (await gateway.GetAsync($"{name}/s/r", Key(name))).Status;
                Assert.Contains(status, (int[])[200, 429]);
                if (status == 200)
                    Interlocked.Increment(ref admitted);
            }
        }));
        return admitted;
    }

    private static async Task StopAsync(GatewayHost[] fleet)
    {
        foreach (var gateway in fleet)
            await gateway.DisposeAsync();
    }

    private static string Key(string name) => $"fleet-accuracy-key-{name}-0001";
}
