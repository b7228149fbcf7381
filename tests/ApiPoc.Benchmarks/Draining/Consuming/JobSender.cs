using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using ApiPoc.Domain.Jobs;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks.Draining.Consuming;

/// <summary>Puts jobs on the consumer's queue, in order.</summary>
internal sealed class JobSender(SqsEmulator queues) : IDisposable
{
    private const int MaxPerSend = 10;

    private readonly AmazonSQSClient _sqs = new(new BasicAWSCredentials("test", "test"), new AmazonSQSConfig { ServiceURL = queues.Url, AuthenticationRegion = "eu-west-1" });

    /// <summary>Sends them.</summary>
    public async Task SendAsync(IEnumerable<Job> jobs)
    {
        string queue = (await _sqs.GetQueueUrlAsync("job-queue")).QueueUrl;
        foreach (var chunk in jobs.Chunk(MaxPerSend))
        {
            var entries = chunk.Select((job, index) => new SendMessageBatchRequestEntry { Id = $"{index}", MessageBody = JsonSerializer.Serialize(job) }).ToList();
            var answer = await _sqs.SendMessageBatchAsync(new SendMessageBatchRequest { QueueUrl = queue, Entries = entries });
            if (answer.Failed is { Count: > 0 } failed)
                throw new InvalidOperationException($"The queue refused a job: {failed[0].Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _sqs.Dispose();
}
