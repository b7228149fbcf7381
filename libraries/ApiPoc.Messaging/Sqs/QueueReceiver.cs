using Amazon.SQS.Model;
using ApiPoc.Domain.Jobs;
using ApiPoc.Messaging.Tracing;

namespace ApiPoc.Messaging.Sqs;

/// <summary>Receives messages from a queue by long polls, paced while the queue does not answer.</summary>
internal sealed class QueueReceiver(SqsQueue queue, PollPacer pacer, TimeProvider time, MessagingMetrics metrics)
{
    /// <summary>The most messages one receive can bring.</summary>
    public const int MaxMessages = 10;

    // SQS takes whole seconds up to these.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);

    /// <summary>Receives up to <paramref name="max"/> messages; without a visibility the queue's own holds.</summary>
    /// <exception cref="JobQueueUnavailableException">The queue did not answer.</exception>
    public async Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(int max, TimeSpan wait, TimeSpan? visibility, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, MaxMessages);
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wait, MaxWait);

        var request = new ReceiveMessageRequest
        {
            MaxNumberOfMessages = max,
            WaitTimeSeconds = WholeSeconds.Up(wait),
            VisibilityTimeout = visibility is { } time ? WholeSeconds.Visibility(time) : null,
            MessageAttributeNames = ["All"],
            MessageSystemAttributeNames = ["ApproximateReceiveCount", "SentTimestamp"],
        };

        await pacer.WaitAsync(cancellationToken);
        return await PollAsync(request, wait, cancellationToken);
    }

    private async Task<IReadOnlyList<QueuedMessage>> PollAsync(ReceiveMessageRequest request, TimeSpan wait, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        ReceiveMessageResponse response;
        try
        {
            response = await queue.ReceiveAsync(request, wait, cancellationToken);
        }
        catch (JobQueueUnavailableException)
        {
            pacer.Failed();
            throw;
        }

        pacer.Succeeded();
        if (response.Messages is not { Count: > 0 } received)
            return [];

        QueuedMessage[] messages = [.. received.Select(ReceivedMessage.Read)];
        metrics.Received(queue.Name, messages.Length);
        MessagingActivity.RecordReceive(queue.Name, startedAt, [.. messages.Select(message => new TraceContext(message.TraceParent, message.TraceState))]);
        return messages;
    }
}
