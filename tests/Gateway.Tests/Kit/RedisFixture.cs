using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.Kit;

/// <summary>One redis-server for the tests of a class; each test uses APIs and keys of its own names.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    public RedisServer Redis { get; private set; } = null!;

    public async Task InitializeAsync() => Redis = await RedisServer.StartAsync();

    public async Task DisposeAsync() => await Redis.DisposeAsync();
}
