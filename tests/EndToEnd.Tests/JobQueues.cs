using Amazon.Runtime;
using Amazon.SQS;

namespace ApiPoc.EndToEnd;

/// <summary>Looks into the stack's queues, as the AWS command line does.</summary>
internal sealed class JobQueues : IDisposable
{
    private readonly AmazonSQSClient _sqs = new(
        new BasicAWSCredentials("test", "test"), new AmazonSQSConfig { ServiceURL = Addresses.SqsSns.ToString(), AuthenticationRegion = "us-east-1" });

    /// <summary>Messages on a queue: waiting, in flight or delayed.</summary>
    public async Task<int> CountAsync(string queue)
    {
        string url = (await _sqs.GetQueueUrlAsync(queue)).QueueUrl;
        var attributes = await _sqs.GetQueueAttributesAsync(url, ["All"]);
        return attributes.ApproximateNumberOfMessages + attributes.ApproximateNumberOfMessagesNotVisible + attributes.ApproximateNumberOfMessagesDelayed;
    }

    /// <summary>Waits until a queue is empty.</summary>
    public async Task WaitUntilEmptyAsync(string queue, TimeSpan budget)
    {
        using var patience = new CancellationTokenSource(budget);
        while (await CountAsync(queue) > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, patience.Token);
    }

    public void Dispose() => _sqs.Dispose();
}
