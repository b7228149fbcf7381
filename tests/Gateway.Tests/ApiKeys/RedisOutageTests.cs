using System.Diagnostics;
using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.ApiKeys;

public sealed class RedisOutageTests : IAsyncLifetime
{
    private const string Key = "outage-key-00000000000001";
    // What a call takes that asks a frozen Redis.
    private static readonly TimeSpan Waiting = TimeSpan.FromSeconds(1);
    private RedisServer _redis = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _gateway = await GatewayHost.StartAsync(_redis, $$"""
            {
              "restApis": {
                "outage": {
                  "resources": {
                    "/keyed": { "GET": { "apiKeyRequired": true, "integration": { "mock": {} } } },
                    "/open": { "GET": { "integration": { "mock": {} } } }
                  },
                  "stages": {
                    "local": { "methodSettings": { "*/*": { "throttlingRateLimit": 0.01, "throttlingBurstLimit": 4 } } },
                    "closed": { "throttleFailure": "CLOSED" },
                    "open": { "throttleFailure": "OPEN" }
                  }
                }
              },
              "usagePlans": { "plan": { "apiStages": [{ "apiId": "outage", "stage": "open" }] } },
              "apiKeys": { "key": { "value": "{{Key}}", "usagePlanIds": ["plan"] } }
            }
            """, ("Gateway:Instances", "2"), ("Registry:CallTimeout", $"{Waiting}"), ("Throttling:Timeout", $"{Waiting}"));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AuthUnavailable_RedisGone_503AtOnce_AndWorksAgainAfterIt(bool isFrozen)
    {
        Assert.Equal(200, (await _gateway.GetAsync("outage/open/keyed", Key)).Status);
        if (isFrozen)
            _redis.Pause();
        else
            _redis.Kill();

        await Eventually.IsTrueAsync(async () => (await _gateway.GetAsync("outage/open/keyed", Key)).Status == 503, "keys are no longer believed");
        var durations = new List<TimeSpan>();
        for (int call = 0; call < 50; call++)
        {
            long since = Stopwatch.GetTimestamp();
            (await _gateway.GetAsync("outage/open/keyed", Key)).ShouldBe(503, "ServiceUnavailableException", """{"message":"auth_unavailable"}""");
            durations.Add(Stopwatch.GetElapsedTime(since));
        }
        // One call in a while finds out whether Redis is back, and waits for it; the others do not.
        var median = durations.Order().ElementAt(durations.Count / 2);
        Assert.True(median < Waiting, $"the median call took {median}");

        if (isFrozen)
            _redis.Resume();
        else
            await _redis.RestartAsync();
        // Its data may be lost; then the definition seeds it anew.
        await Eventually.IsTrueAsync(async () => (await _gateway.GetAsync("outage/open/keyed", Key)).Status == 200, "the key works again");
    }

    [Fact]
    public async Task Throttles_RedisGone_AreDecidedAsTheStageSays()
    {
        _redis.Kill();
        Assert.Equal(200, (await _gateway.GetAsync("outage/open/open")).Status);
        (await _gateway.GetAsync("outage/closed/open")).ShouldBe(503, "ServiceUnavailableException", """{"message":"throttle_unavailable"}""");
        // A burst of 4 divided among 2 instances.
        foreach (int status in (int[])[200, 200, 429])
            Assert.Equal(status, (await _gateway.GetAsync("outage/local/open")).Status);
    }
}
