using ApiPoc.AppHost.Backings.Embedded;
using ApiPoc.AppHost.Resources;

namespace ApiPoc.AppHost.Backings;

/// <summary>The system's redis-server, and the emulators of SQS, SNS and DynamoDB from npm, as plain processes: no container engine needed.</summary>
internal sealed class EmbeddedBacking : IBacking
{
    private readonly IResourceBuilder<RedisServerResource> _redis;
    private readonly IResourceBuilder<ExecutableResource> _sqsSns;
    private readonly IResourceBuilder<ExecutableResource> _dynamoDb;

    public EmbeddedBacking(IDistributedApplicationBuilder builder)
    {
        _redis = builder.AddRedisServer("redis").KeepRunning();
        _sqsSns = builder.AddSqsSns("sqs-sns").KeepRunning();
        _dynamoDb = builder.AddDynamoDb("dynamodb").KeepRunning();
    }

    public void Attach(IResourceBuilder<ProjectResource> service) => service
        .WithReference(_redis).WaitFor(_redis)
        .WithEmulatedAws(_sqsSns.GetEndpoint("http")).WaitFor(_sqsSns)
        .WithEnvironment("AWS_ENDPOINT_URL_DYNAMODB", _dynamoDb.GetEndpoint("http")).WaitFor(_dynamoDb);
}
