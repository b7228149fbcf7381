using Amazon.SQS;

namespace ApiPoc.Messaging.Sqs;

/// <summary>
/// The clients of SQS. Commands are retried by the SDK; receives are not, because the receiver paces itself and the SDK's retries
/// would come on top. Endpoint, region and credentials come from the environment.
/// </summary>
internal sealed class SqsClients : IDisposable
{
    public IAmazonSQS Commands { get; } = new AmazonSQSClient(new AmazonSQSConfig());

    public IAmazonSQS Receives { get; } = new AmazonSQSClient(new AmazonSQSConfig { MaxErrorRetry = 0 });

    public void Dispose()
    {
        Commands.Dispose();
        Receives.Dispose();
    }
}
