using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Gateway.UsagePlans;
using Microsoft.Extensions.DependencyInjection;

namespace ApiPoc.Gateway.Tests.ApiKeys;

public sealed class KeyPropagationTests(RedisFixture fixture) : IClassFixture<RedisFixture>, IAsyncLifetime
{
    private const string Value = "propagated-key-0000000001";
    private GatewayHost _here = null!;
    private GatewayHost _there = null!;

    public async Task InitializeAsync()
    {
        string definition = $$"""
            {
              "restApis": { "keyed": { "resources": { "/r": { "GET": { "apiKeyRequired": true, "integration": { "mock": {} } } } }, "stages": { "s": {} } } },
              "usagePlans": { "plan": { "apiStages": [{ "apiId": "keyed", "stage": "s" }] } }
            }
            """;
        _here = await GatewayHost.StartAsync(fixture.Redis, definition);
        _there = await GatewayHost.StartAsync(fixture.Redis, definition);
    }

    public async Task DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Fact]
    public async Task Key_CreatedDisabledEnabledDeleted_IsSoOnEveryInstanceWithinASecond()
    {
        var keys = _here.Services.GetRequiredService<ApiKeyStore>();
        var plans = _here.Services.GetRequiredService<UsagePlanStore>();
        var key = keys.Draft("propagated", Value);
        await keys.CreateAsync(key, CancellationToken.None);
        await plans.AddKeyAsync("plan", key.Id, CancellationToken.None);
        await ShouldAnswerWithinASecondAsync(200);

        await keys.UpdateAsync(key.Id, known => known with { Enabled = false }, CancellationToken.None);
        await ShouldAnswerWithinASecondAsync(403);

        await keys.UpdateAsync(key.Id, known => known with { Enabled = true }, CancellationToken.None);
        await ShouldAnswerWithinASecondAsync(200);

        await keys.DeleteAsync(key.Id, CancellationToken.None);
        await ShouldAnswerWithinASecondAsync(403);
    }

    [Fact]
    public async Task Key_WithAValueThatExists_IsRefused()
    {
        var keys = _here.Services.GetRequiredService<ApiKeyStore>();
        await keys.CreateAsync(keys.Draft("one", "a-value-given-twice-0001"), CancellationToken.None);
        var refused = await Assert.ThrowsAsync<RegistryException>(
            () => _there.Services.GetRequiredService<ApiKeyStore>().CreateAsync(keys.Draft("two", "a-value-given-twice-0001"), CancellationToken.None));
        Assert.Equal(RegistryProblem.Conflict, refused.Problem);
    }

    [Fact]
    public async Task Key_CreatedByBothInstancesAtOnce_IsCreatedOnce()
    {
        var here = _here.Services.GetRequiredService<ApiKeyStore>();
        var there = _there.Services.GetRequiredService<ApiKeyStore>();
        var attempts = Enumerable.Range(0, 10).Select(async attempt =>
        {
            var store = attempt % 2 == 0 ? here : there;
            try
            {
                await store.CreateAsync(store.Draft($"raced-{attempt}", "a-value-that-is-raced-001"), CancellationToken.None);
                return true;
            }
            catch (RegistryException)
            {
                return false;
            }
        });
        Assert.Single(await Task.WhenAll(attempts), created => created);
    }

    [Fact]
    public async Task Key_Value_IsRevealedByAnotherInstanceAndNowhereInRedisInTheClear()
    {
        const string secret = "a-secret-that-is-kept-0001";
        var here = _here.Services.GetRequiredService<ApiKeyStore>();
        var key = here.Draft("kept", secret);
        await here.CreateAsync(key, CancellationToken.None);
        var replica = _there.Services.GetRequiredService<RegistryReplica>();
        await replica.RefreshAsync(CancellationToken.None);

        Assert.Equal(secret, _there.Services.GetRequiredService<ApiKeyStore>().Reveal(replica.State.Keys[key.Id]));
        Assert.DoesNotContain(secret, System.Text.Json.JsonSerializer.Serialize(replica.State.Keys[key.Id]), StringComparison.Ordinal);
    }

    private Task ShouldAnswerWithinASecondAsync(int status) => Promise.HoldsWithinASecondAsync(
        async () => (await _there.GetAsync("keyed/s/r", Value)).Status == status, $"the other instance answers {status}");
}
