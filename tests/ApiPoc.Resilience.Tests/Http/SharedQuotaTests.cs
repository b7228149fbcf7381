using System.Net;
using ApiPoc.Resilience.Quotas;
using ApiPoc.Testing;

namespace ApiPoc.Resilience.Tests.Http;

public sealed class SharedQuotaTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task TwoHosts_OnOneLimit_AreAcceptedWithHardlyARefusal()
    {
        const int calls = 120;
        await using var api = await StubApi.StartAsync();
        var window = new WindowApi(api, 30, TimeSpan.FromSeconds(1));
        string apiId = ClientHost.NewApiId();
        await using var first = await ClientHost.StartAsync(redis.Server, apiId, api.Url, settings: ClientHost.Limit(30, "00:00:01"));
        await using var second = await ClientHost.StartAsync(redis.Server, apiId, api.Url, settings: ClientHost.Limit(30, "00:00:01"));

        var answers = await Task.WhenAll(Enumerable.Range(0, calls).Select(call => (call % 2 == 0 ? first : second).Client.GetAsync($"survey/{call}")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(calls, window.Accepted);
        // One wrong guess about a window on a busy machine costs a few; unthrottled clients would meet ninety in the first second.
        Assert.InRange(window.Refused, 0, 6);
    }

    [Fact]
    public async Task Refusal_IsTriedAgainThroughTheQuota()
    {
        await using var api = await StubApi.StartAsync();
        await using var host = await ClientHost.StartAsync(redis.Server, ClientHost.NewApiId(), api.Url, settings: ClientHost.Limit(10, "00:00:10"));
        int calls = 0;
        api.Answer = context => (Interlocked.Increment(ref calls) == 1
            ? StubApi.Json(429, "{}", "Retry-After: 1")
            : StubApi.Json(200, "{}"))(context);

        using var answer = await host.Client.PostAsync("survey", new StringContent("a body that is sent twice"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, api.Calls.Count);
        Assert.True(api.Calls[1].At - api.Calls[0].At >= TimeSpan.FromMilliseconds(900), "the API was left alone for as long as it asked");
    }

    [Fact]
    public async Task Refusal_ThatLastsLongerThanTheCallerWaits_IsTheAnswer()
    {
        await using var api = await StubApi.StartAsync();
        await using var host = await ClientHost.StartAsync(
            redis.Server, ClientHost.NewApiId(), api.Url, options => options.MaxWait = TimeSpan.FromSeconds(2), ClientHost.Limit(10, "00:00:10"));
        api.Answer = StubApi.Json(429, """{"message":"quota"}""", "Retry-After: 600");

        using var answer = await host.Client.GetAsync("survey/1");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("""{"message":"quota"}""", await answer.Content.ReadAsStringAsync());
        var next = await Assert.ThrowsAsync<QuotaExhaustedException>(() => host.Client.GetAsync("survey/1"));
        Assert.InRange(next.RetryAfter, TimeSpan.FromSeconds(500), TimeSpan.FromSeconds(600));
        Assert.Single(api.Calls);
    }

    [Fact]
    public async Task SpentQuota_FailsAtOnceWhenTheCallerWouldWaitInVain()
    {
        await using var api = await StubApi.StartAsync();
        _ = new WindowApi(api, 1, TimeSpan.FromMinutes(10));
        await using var host = await ClientHost.StartAsync(
            redis.Server, ClientHost.NewApiId(), api.Url, options => options.MaxWait = TimeSpan.FromMinutes(1), ClientHost.Limit(1, "00:10:00"));
        using var first = await host.Client.GetAsync("survey/1");
        long startedAt = TimeProvider.System.GetTimestamp();

        var refusal = await Assert.ThrowsAsync<QuotaExhaustedException>(() => host.Client.GetAsync("survey/2"));

        Assert.Equal((host.ApiId, "limit"), (refusal.ApiId, refusal.WaitingFor));
        Assert.InRange(refusal.RetryAfter, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        Assert.True(TimeProvider.System.GetElapsedTime(startedAt) < TimeSpan.FromSeconds(30));
        Assert.Single(api.Calls);
    }

    [Fact]
    public async Task Cancelled_WhileItWaits_ThrowsAndIsNotSent()
    {
        await using var api = await StubApi.StartAsync();
        await using var host = await ClientHost.StartAsync(redis.Server, ClientHost.NewApiId(), api.Url, settings: ClientHost.Limit(1, "00:00:20"));
        using var first = await host.Client.GetAsync("survey/1");
        using var cancellation = new CancellationTokenSource();

        var waiting = host.Client.GetAsync("survey/2", cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Single(api.Calls);
    }
}
