using Amazon.SQS;
using ApiPoc.Messaging.Aws;

namespace ApiPoc.Messaging.Sqs;

/// <summary>
/// The clients of SQS. Commands are retried by the SDK; receives are not, because the receiver paces itself and the SDK's retries
/// would come on top.
/// </summary>
internal sealed class SqsClients(IAmazonSQS commands, AwsEnvironment aws) : IDisposable
{
    public IAmazonSQS Commands => commands;

    public IAmazonSQS Receives { get; } = aws.CreateSqs(new AmazonSQSConfig { MaxErrorRetry = 0 });

    public void Dispose() => Receives.Dispose();
}
