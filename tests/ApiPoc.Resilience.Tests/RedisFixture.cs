using ApiPoc.Testing;

namespace ApiPoc.Resilience.Tests;

/// <summary>One real redis-server for the tests of a class; each test has an API of its own.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    public RedisServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await RedisServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
