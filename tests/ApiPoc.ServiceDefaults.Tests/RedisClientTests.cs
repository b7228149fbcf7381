using ApiPoc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace ApiPoc.ServiceDefaults.Tests;

/// <summary>What we rely on of <c>AddRedisClient</c>, be it the package or its polyfill.</summary>
public sealed class RedisClientTests
{
    [Fact]
    public async Task Client_ServerUp_IsOneConnectionAndHealthy()
    {
        await using var server = await RedisServer.StartAsync();
        using var host = Build(("ConnectionStrings:redis", $"127.0.0.1:{server.Port}"));

        var connection = host.Services.GetRequiredService<IConnectionMultiplexer>();
        Assert.Same(connection, host.Services.GetRequiredService<IConnectionMultiplexer>());
        await connection.GetDatabase().StringSetAsync("key", "value");
        Assert.Equal("value", (string?)await connection.GetDatabase().StringGetAsync("key"));
        Assert.Equal(HealthStatus.Healthy, await HealthOfAsync(host));
    }

    [Fact]
    public async Task Client_ServerDownAtStart_WaitsForIt()
    {
        await using var server = await RedisServer.StartAsync();
        server.Stop();
        using var host = Build(("ConnectionStrings:redis", $"127.0.0.1:{server.Port},connectTimeout=500"));
        var connection = host.Services.GetRequiredService<IConnectionMultiplexer>();
        Assert.Equal(HealthStatus.Unhealthy, await HealthOfAsync(host));

        await server.RestartAsync();
        // The client tries again by itself, once a second or so.
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await HealthOfAsync(host) != HealthStatus.Healthy)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, budget.Token);
        Assert.True(connection.IsConnected);
    }

    [Fact]
    public void Client_SettingsFromEverywhere_CodeWinsOverConnectionStringOverSections()
    {
        using var host = Build(
            ("Aspire:StackExchange:Redis:ConnectionString", "sectionhost:1"),
            ("Aspire:StackExchange:Redis:redis:ConnectionString", "namedhost:1"),
            ("ConnectionStrings:redis", "127.0.0.1:1,connectTimeout=100,connectRetry=0"));
        var connection = host.Services.GetRequiredService<IConnectionMultiplexer>();
        Assert.Contains("127.0.0.1:1", connection.Configuration, StringComparison.Ordinal);
    }

    [Fact]
    public void Client_NothingConfigured_NamesTheConnectionString()
    {
        using var host = Build();
        var exception = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IConnectionMultiplexer>());
        Assert.Contains("ConnectionStrings:redis", exception.Message, StringComparison.Ordinal);
    }

    private static IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddRedisClient("redis");
        return builder.Build();
    }

    private static async Task<HealthStatus> HealthOfAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status;
}
