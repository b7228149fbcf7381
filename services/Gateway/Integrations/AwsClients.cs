using Amazon.DynamoDBv2;
using Amazon.SQS;
using ApiPoc.Messaging.Aws;

namespace ApiPoc.Gateway.Integrations;

/// <summary>The AWS services integrations call. Made when first needed: an API without them needs no AWS.</summary>
internal sealed class AwsClients(IServiceProvider services, AwsEnvironment aws) : IDisposable
{
    // The SDK's own ten for DynamoDB take half a minute, in which every caller holds a place of the integration's concurrency.
    private const int Retries = 2;

    private readonly Lazy<AmazonDynamoDBClient> _dynamoDb = new(() => CreateDynamoDb(aws));

    /// <summary>SQS.</summary>
    public IAmazonSQS Sqs => services.GetRequiredService<IAmazonSQS>();

    /// <summary>DynamoDB.</summary>
    public IAmazonDynamoDB DynamoDb => _dynamoDb.Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_dynamoDb.IsValueCreated)
            _dynamoDb.Value.Dispose();
    }

    private static AmazonDynamoDBClient CreateDynamoDb(AwsEnvironment aws)
    {
        var config = aws.Apply(new AmazonDynamoDBConfig { MaxErrorRetry = Retries });
        return aws.Credentials is { } credentials ? new AmazonDynamoDBClient(credentials, config) : new AmazonDynamoDBClient(config);
    }
}
