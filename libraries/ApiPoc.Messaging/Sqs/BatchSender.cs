using System.Text;
using Amazon.SQS.Model;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Messaging.Sqs;

/// <summary>Sends a batch; entries that failed through no fault of their own are sent again, the others never twice.</summary>
internal sealed class BatchSender(SqsQueue queue, TimeProvider time, MessagingMetrics metrics)
{
    private const int MaxEntries = 10;
    private const int MaxBytes = 240 * 1024;
    private const int Attempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Divides bodies into batches SQS takes: 10 messages, 256 KiB with attributes.</summary>
    public static IEnumerable<IReadOnlyList<string>> Divide(IEnumerable<string> bodies)
    {
        var batch = new List<string>(MaxEntries);
        var bytes = 0;
        foreach (var body in bodies)
        {
            var size = Encoding.UTF8.GetByteCount(body);
            if (batch.Count == MaxEntries || (batch.Count > 0 && bytes + size > MaxBytes))
            {
                yield return batch;
                batch = new List<string>(MaxEntries);
                bytes = 0;
            }

            batch.Add(body);
            bytes += size;
        }

        if (batch.Count > 0)
            yield return batch;
    }

    /// <summary>Sends one batch.</summary>
    /// <exception cref="JobQueueUnavailableException">Some were not sent.</exception>
    public async Task SendAsync(IReadOnlyList<string> bodies, Dictionary<string, MessageAttributeValue>? attributes, CancellationToken cancellationToken)
    {
        List<SendMessageBatchRequestEntry> entries =
            [.. bodies.Index().Select(body => new SendMessageBatchRequestEntry { Id = $"{body.Index}", MessageBody = body.Item, MessageAttributes = attributes })];
        for (var attempt = 1; entries.Count > 0; attempt++)
        {
            var response = await queue.CommandAsync(
                "send", (sqs, url, token) => sqs.SendMessageBatchAsync(new SendMessageBatchRequest { QueueUrl = url, Entries = entries }, token), cancellationToken);
            var failed = response.Failed ?? [];
            metrics.Sent(queue.Name, entries.Count - failed.Count);
            if (failed.Count > 0)
                await GiveUpOrPauseAsync(failed, attempt, cancellationToken);

            var again = failed.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
            entries = entries.FindAll(entry => again.Contains(entry.Id));
        }
    }

    private Task GiveUpOrPauseAsync(List<BatchResultErrorEntry> failed, int attempt, CancellationToken cancellationToken)
    {
        metrics.CallFailed(queue.Name, "send");
        var reason = failed.Find(entry => entry.SenderFault == true) ?? (attempt == Attempts ? failed[0] : null);
        if (reason is not null)
            throw new JobQueueUnavailableException($"Queue '{queue.Name}' refused {failed.Count} messages: {reason.Code}: {reason.Message}");
        return Task.Delay(Pause * attempt, time, cancellationToken);
    }
}
