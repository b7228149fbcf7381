namespace ApiPoc.AppHost.Backings;

/// <summary>Adds the system's own redis-server.</summary>
internal static class RedisServer
{
    /// <summary>Adds a redis-server on a free loopback port that keeps nothing on disk.</summary>
    public static IResourceBuilder<RedisServerResource> AddRedisServer(this IDistributedApplicationBuilder builder, string name)
    {
        var resource = new RedisServerResource(name, builder.AppHostDirectory);
        return builder.AddResource(resource)
            .WithEndpoint(scheme: "tcp", name: RedisServerResource.Endpoint, isProxied: false)
            .WithArgs("--bind", "127.0.0.1", "::1", "--port", resource.Address(EndpointProperty.TargetPort), "--save", "", "--appendonly", "no")
            .WithIconName("Database");
    }
}
