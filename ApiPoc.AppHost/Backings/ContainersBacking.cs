using ApiPoc.AppHost.Resources;
using Microsoft.Extensions.Configuration;

namespace ApiPoc.AppHost.Backings;

/// <summary>Redis and LocalStack as containers.</summary>
internal sealed class ContainersBacking : IBacking
{
    // From 2026.03 on LocalStack's images ask for an account token; who has one may name a newer tag (LocalStack:Tag).
    private const string LastTagWithoutToken = "4.14.0";
    private const int LocalStackPort = 4566;

    private readonly IResourceBuilder<RedisResource> _redis;
    private readonly IResourceBuilder<ContainerResource> _localStack;

    public ContainersBacking(IDistributedApplicationBuilder builder)
    {
        var token = builder.Configuration["LOCALSTACK_AUTH_TOKEN"];
        var tag = token is null ? LastTagWithoutToken : builder.Configuration.GetValue("LocalStack:Tag", LastTagWithoutToken);
        _redis = builder.AddRedis("redis").KeepRunning();
        _localStack = builder.AddContainer("localstack", "localstack/localstack", tag)
            .WithHttpEndpoint(LocalStackPort, LocalStackPort)
            .WithHttpHealthCheck("/_localstack/health")
            .WithEnvironment("SERVICES", "sqs,sns,dynamodb")
            .KeepRunning()
            .WithIconName("Cloud");
        if (token is not null)
            _localStack.WithEnvironment("LOCALSTACK_AUTH_TOKEN", token);
    }

    public void Attach(IResourceBuilder<ProjectResource> service) => service
        .WithReference(_redis).WaitFor(_redis)
        .WithEmulatedAws(_localStack.GetEndpoint("http")).WaitFor(_localStack);
}
