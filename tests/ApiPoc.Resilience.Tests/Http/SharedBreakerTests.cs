using System.Net;
using ApiPoc.Domain.Breaker;
using ApiPoc.Testing;
using Polly.CircuitBreaker;
using CircuitState = ApiPoc.Domain.Breaker.CircuitState;

namespace ApiPoc.Resilience.Tests.Http;

public sealed class SharedBreakerTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task OpenedByAnotherProcess_FailsAtOnceAndSendsNothing()
    {
        await using var api = await StubApi.StartAsync();
        string apiId = ClientHost.NewApiId();
        await using var host = await ClientHost.StartAsync(redis.Server, apiId, api.Url);
        await using var another = await ClientHost.StartAsync(redis.Server, apiId, api.Url);
        using var well = await host.Client.GetAsync("survey/1");

        await another.Breaker.ApplyAsync(apiId, new CallsFailed(0, "5 of 6 calls failed"), another.Times, default);
        var failure = await EventuallyBrokenAsync(host);

        Assert.Equal($"The breaker of {apiId} is open: 5 of 6 calls failed", failure.Message);
        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        int calls = api.Calls.Count;
        await Assert.ThrowsAsync<BrokenCircuitException>(() => host.Client.GetAsync("survey/1"));
        Assert.Equal(calls, api.Calls.Count);
    }

    [Fact]
    public async Task Failures_OpenItAndTheProbeOfOneCallClosesIt()
    {
        await using var api = await StubApi.StartAsync();
        await using var host = await ClientHost.StartAsync(
            redis.Server, ClientHost.NewApiId(), api.Url, null, ("Api:Breaker:FailureThreshold", "3"), ("Api:Breaker:ProbeInterval", "00:00:01"));
        api.Answer = StubApi.Json(503, "{}");
        for (int call = 0; call < 3; call++)
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Client.GetAsync("survey/1")).StatusCode);
        await EventuallyBrokenAsync(host);

        api.Answer = StubApi.Json(200, "{}");
        using var patience = new CancellationTokenSource(Patience);
        while (!await IsAnsweredAsync(host))
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);

        Assert.Equal(CircuitState.Closed, (await host.Breaker.ReadAsync(host.ApiId, default)).State.Circuit);
    }

    [Fact]
    public async Task Timeout_CountsAgainstTheApi()
    {
        await using var api = await StubApi.StartAsync();
        await using var host = await ClientHost.StartAsync(
            redis.Server, ClientHost.NewApiId(), api.Url, null, ("Api:Breaker:FailureThreshold", "1"), ("Api:Timeout", "00:00:00.200"));
        api.Answer = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);

        await Assert.ThrowsAsync<Polly.Timeout.TimeoutRejectedException>(() => host.Client.GetAsync("survey/1"));

        Assert.Equal("1 of 1 calls failed, the last: timeout", (await host.Breaker.ReadAsync(host.ApiId, default)).State.Reason);
    }

    [Fact]
    public async Task Refusal_OpensItWhereThatIsThePolicy()
    {
        await using var api = await StubApi.StartAsync();
        await using var host = await ClientHost.StartAsync(
            redis.Server, ClientHost.NewApiId(), api.Url, options => options.MaxWait = TimeSpan.Zero, ("Api:OnThrottle", "BreakerOn429"));
        api.Answer = StubApi.Json(429, "{}", "Retry-After: 60");

        using var answer = await host.Client.GetAsync("survey/1");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        var failure = await EventuallyBrokenAsync(host);
        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(61));
    }

    [Fact]
    public async Task PausedRedis_FailsFastAndSendsNothing()
    {
        await using var api = await StubApi.StartAsync();
        await using var host = await ClientHost.StartAsync(
            redis.Server, ClientHost.NewApiId(), api.Url, null, ("BreakerStore:Budget", "00:00:00.100"), ("QuotaStore:Budget", "00:00:00.100"));
        redis.Server.Pause();
        try
        {
            var failure = await Assert.ThrowsAsync<BrokenCircuitException>(() => host.Client.GetAsync("survey/1"));
            Assert.Equal($"The breaker of {host.ApiId} cannot be read.", failure.Message);
        }
        finally
        {
            redis.Server.Resume();
        }
        Assert.Empty(api.Calls);
    }

    /// <summary>A change made by another is heard a moment later.</summary>
    private static async Task<BrokenCircuitException> EventuallyBrokenAsync(ClientHost host)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                (await host.Client.GetAsync("survey/1", patience.Token)).Dispose();
            }
            catch (BrokenCircuitException broken)
            {
                return broken;
            }
        }
    }

    private static async Task<bool> IsAnsweredAsync(ClientHost host)
    {
        try
        {
            using var answer = await host.Client.GetAsync("survey/1");
            return answer.IsSuccessStatusCode;
        }
        catch (BrokenCircuitException)
        {
            return false;
        }
    }
}
