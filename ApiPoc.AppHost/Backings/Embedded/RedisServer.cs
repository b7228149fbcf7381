using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ApiPoc.AppHost.Backings.Embedded;

/// <summary>Adds the system's own redis-server.</summary>
internal static class RedisServer
{
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Adds a redis-server on a free loopback port that keeps nothing on disk (eng/backing/redis.conf), and before it the step that
    /// installs one by the system's package manager when there is none.
    /// </summary>
    public static IResourceBuilder<RedisServerResource> AddRedisServer(this IDistributedApplicationBuilder builder, string name)
    {
        var installed = builder.AddSetUpStep($"{name}-setup", "redis-server.sh");
        var redis = new RedisServerResource(name, Path.Combine(builder.AppHostDirectory, "..", "eng", "backing"));
        var check = $"{name}_ping";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(check, _ => new RedisPing(redis), failureStatus: null, tags: null, PingTimeout));
        // No relay in between: every admission asks Redis.
        var added = builder.AddResource(redis)
            .WithEndpoint(scheme: "tcp", name: RedisServerResource.Endpoint, isProxied: false)
            .WithArgs("redis.conf", "--port", redis.Address(EndpointProperty.TargetPort))
            .WithHealthCheck(check)
            .WithIconName("Database")
            .WaitForCompletion(installed);
        installed.WithParentRelationship(added);
        return added;
    }
}
