using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds Redis containers.</summary>
public static class RedisBuilderExtensions
{
    private const int ContainerPort = 6379;
    private const int PasswordLength = 22;

    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(5);

    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port) => builder.AddRedis(name, port, password: null);

    /// <summary>Adds a Redis container; its password is the parameter <c>{name}-password</c>, random unless configured.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        var secret = password?.Resource ?? new ParameterResource(
            $"{name}-password",
            _ => builder.Configuration[$"Parameters:{name}-password"] ?? RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", PasswordLength),
            secret: true);
        var redis = new RedisResource(name, secret);
        var check = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(check, _ => new RedisHealthCheck(redis), failureStatus: null, tags: null, CheckTimeout));
        return builder.AddResource(redis)
            .WithEndpoint(port, targetPort: ContainerPort, scheme: "redis", name: RedisResource.PrimaryEndpointName)
            .WithAnnotation(new ContainerImageAnnotation { Registry = "docker.io", Image = "library/redis", Tag = "8.6" })
            .WithIconName("Database")
            .WithHealthCheck(check)
            .WithEnvironment("REDIS_PASSWORD", builder.CreateResourceBuilder(secret))
            .WithArgs("-c", "exec redis-server --requirepass $REDIS_PASSWORD");
    }
}
