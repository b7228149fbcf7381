using System.Diagnostics;
using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.Control;

public sealed class ControlOutageTests : IAsyncLifetime
{
    // The time-outs are a second at most, the rest is what a busy machine may add. Without them it would last as long as the server is frozen.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private RedisServer _redis = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _gateway = await GatewayHost.StartAsync(_redis, """{ "usagePlans": { "plan": {} } }""", ("Registry:CallTimeout", "00:00:00.500"));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Operations_RedisGone_AreUnavailableSoonAndWorkAgainAfterIt(bool isFrozen)
    {
        if (isFrozen)
            _redis.Pause();
        else
            _redis.Kill();
        foreach (var (method, path) in new[] { ("GET", "apikeys"), ("POST", "apikeys"), ("GET", "usageplans/plan/usage?startDate=2026-01-01&endDate=2026-01-02") })
        {
            long since = Stopwatch.GetTimestamp();
            var reply = await _gateway.ControlAsync(method, path);
            Assert.Equal(
                (503, "ServiceUnavailableException", "1", """{"message":"The registry cannot be reached."}"""),
                (reply.Status, reply["x-amzn-ErrorType"], reply["Retry-After"], reply.Body));
            Assert.True(Stopwatch.GetElapsedTime(since) < Soon, $"{method} {path} took {Stopwatch.GetElapsedTime(since)}");
        }

        if (isFrozen)
            _redis.Resume();
        else
            await _redis.RestartAsync();
        await Eventually.IsTrueAsync(async () => (await _gateway.ControlAsync("POST", "apikeys")).Status == 201, "operations work again");
    }
}
