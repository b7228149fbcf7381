using ApiPoc.Resilience.Http;
using ApiPoc.Resilience.Quotas;
using ApiPoc.Testing;
using Microsoft.Extensions.Options;

namespace ApiPoc.Resilience.Tests.Http;

public sealed class ThrottledHttpClientTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Call_GoesBelowTheBaseAddressWithTheKey()
    {
        await using var api = await StubApi.StartAsync();
        await using var host = await ClientHost.StartAsync(redis.Server, ClientHost.NewApiId(), $"{api.Url}/v1");

        Assert.Equal("""{"data":[]}""", await host.Client.GetStringAsync("survey/1?page=2"));

        var call = Assert.Single(api.Calls);
        Assert.Equal(("/v1/survey/1?page=2", "SECRET-API-KEY"), (call.Path, call.Headers["x-api-key"]));
    }

    [Fact]
    public async Task AnotherHost_IsNotCalled()
    {
        await using var api = await StubApi.StartAsync();
        await using var another = await StubApi.StartAsync();
        await using var host = await ClientHost.StartAsync(redis.Server, ClientHost.NewApiId(), api.Url);

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.GetAsync($"{another.Url}/survey/1"));

        Assert.Empty(another.Calls);
    }

    [Fact]
    public async Task PathOfACall_DecidesWhichLimitsItCharges()
    {
        await using var api = await StubApi.StartAsync();
        await using var host = await ClientHost.StartAsync(
            redis.Server, ClientHost.NewApiId(), $"{api.Url}/v1", options => options.MaxWait = TimeSpan.FromSeconds(5),
            ClientHost.Limit(1, "00:10:00", "survey/*/interview"));
        using var first = await host.Client.GetAsync("survey/1/interview");

        await Assert.ThrowsAsync<QuotaExhaustedException>(() => host.Client.GetAsync("survey/2/interview"));

        using var other = await host.Client.GetAsync("survey/2");
        Assert.Equal(2, api.Calls.Count);
    }

    [Fact]
    public async Task TenantOfACall_DecidesWhoseLimitsItCharges()
    {
        await using var api = await StubApi.StartAsync();
        await using var host = await ClientHost.StartAsync(
            redis.Server, ClientHost.NewApiId(), api.Url,
            options => (options.MaxWait, options.Tenant) = (TimeSpan.FromSeconds(5), "acme"),
            [.. ClientHost.Limit(1, "00:10:00"), ("Api:Limits:0:Tenant", "acme"), ("Api:Limits:1:Count", "100"), ("Api:Limits:1:Period", "00:00:01")]);
        using var first = await host.Client.GetAsync("survey/1");

        var refusal = await Assert.ThrowsAsync<QuotaExhaustedException>(() => host.Client.GetAsync("survey/1"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "survey/1");
        request.Options.Set(ThrottledHttpClientOptions.RequestTenant, "others");
        using var other = await host.Client.SendAsync(request);

        Assert.Equal("limit", refusal.WaitingFor);
        Assert.Equal(2, api.Calls.Count);
    }

    [Fact]
    public async Task Start_WithoutTheApi_NamesTheMissingKey()
    {
        string apiId = ClientHost.NewApiId();
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => ClientHost.StartAsync(redis.Server, apiId, ""));
        Assert.Equal($"Apis:{apiId}:BaseAddress: missing: the address of the API that a throttled client was added for", Assert.Single(refusal.Failures));
    }

    [Fact]
    public async Task Start_WithAWrongOption_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => ClientHost.StartAsync(
            redis.Server, ClientHost.NewApiId(), "http://127.0.0.1:9", options => options.MaxWait = TimeSpan.FromHours(2)));
        Assert.Contains("MaxWait", Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }
}
