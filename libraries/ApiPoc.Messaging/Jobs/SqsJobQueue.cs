using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.SQS.Model;
using ApiPoc.Domain.Jobs;
using ApiPoc.Messaging.Sqs;
using ApiPoc.Messaging.Tracing;
using Microsoft.Extensions.Options;

namespace ApiPoc.Messaging.Jobs;

/// <summary>The queue of jobs on Amazon SQS (a standard queue: at least once, in no promised order).</summary>
internal sealed class SqsJobQueue : IJobQueue
{
    // More than a few connections at once gain nothing: one batch is ten jobs.
    private const int ParallelSends = 4;

    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private static readonly List<string> DepthAttributes =
        ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"];

    private readonly SqsQueue _jobs;
    private readonly SqsQueue _deadLetters;
    private readonly QueueReceiver _receiver;
    private readonly BatchSender _sender;
    private readonly BatchSender _deadLetterSender;

    public SqsJobQueue(SqsClients clients, IOptions<MessagingOptions> options, TimeProvider time, MessagingMetrics metrics)
    {
        var settings = options.Value;
        _jobs = new SqsQueue(settings.JobQueue, clients, settings.CallTimeout, time, metrics);
        _deadLetters = new SqsQueue(settings.JobDeadLetterQueue, clients, settings.CallTimeout, time, metrics);
        _receiver = new QueueReceiver(_jobs, new PollPacer(time, settings.MaxBackoff, new Random()), time, metrics);
        _sender = new BatchSender(_jobs, time, metrics);
        _deadLetterSender = new BatchSender(_deadLetters, time, metrics);
    }

    public Task SendAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            BatchSender.Divide(jobs.Select(job => JsonSerializer.Serialize(job, Json))),
            new ParallelOptions { MaxDegreeOfParallelism = ParallelSends, CancellationToken = cancellationToken },
            async (batch, token) => await SendBatchAsync(_sender, _jobs, batch, MessageAttributes.Of, token));

    public Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(int max, TimeSpan wait, TimeSpan visibility, CancellationToken cancellationToken) =>
        _receiver.ReceiveAsync(max, wait, visibility, cancellationToken);

    public async Task<bool> ChangeVisibilityAsync(QueuedMessage message, TimeSpan visibility, CancellationToken cancellationToken)
    {
        try
        {
            await _jobs.CommandAsync(
                "change visibility",
                (sqs, url, token) => sqs.ChangeMessageVisibilityAsync(
                    new ChangeMessageVisibilityRequest
                    {
                        QueueUrl = url,
                        ReceiptHandle = message.Receipt,
                        VisibilityTimeout = WholeSeconds.Visibility(visibility),
                    },
                    token),
                cancellationToken);
            return true;
        }
        catch (Exception exception) when (StaleReceipt.Explains(exception))
        {
            return false;
        }
    }

    public async Task DeleteAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await _jobs.CommandAsync("delete", (sqs, url, token) => sqs.DeleteMessageAsync(url, message.Receipt, token), cancellationToken);
        }
        catch (Exception exception) when (StaleReceipt.Explains(exception))
        {
            // Somebody else has the message now and will find its result recorded.
        }
    }

    public async Task DeadLetterAsync(QueuedMessage message, DeadLetter deadLetter, CancellationToken cancellationToken)
    {
        await SendBatchAsync(_deadLetterSender, _deadLetters, [message.Body], trace => DeadLetterAttributes.Of(deadLetter, trace), cancellationToken);
        await DeleteAsync(message, cancellationToken);
    }

    public async Task<QueueDepth> GetDepthAsync(CancellationToken cancellationToken)
    {
        var jobs = await DepthAsync(_jobs, cancellationToken);
        var deadLetters = await DepthAsync(_deadLetters, cancellationToken);
        return new QueueDepth(
            jobs.ApproximateNumberOfMessages,
            jobs.ApproximateNumberOfMessagesNotVisible,
            jobs.ApproximateNumberOfMessagesDelayed,
            deadLetters.ApproximateNumberOfMessages + deadLetters.ApproximateNumberOfMessagesNotVisible);
    }

    private static Task<GetQueueAttributesResponse> DepthAsync(SqsQueue queue, CancellationToken cancellationToken) =>
        queue.CommandAsync("get depth", (sqs, url, token) => sqs.GetQueueAttributesAsync(url, DepthAttributes, token), cancellationToken);

    private static async Task SendBatchAsync(
        BatchSender sender,
        SqsQueue queue,
        IReadOnlyList<string> bodies,
        Func<TraceContext, Dictionary<string, MessageAttributeValue>> attributes,
        CancellationToken cancellationToken)
    {
        using var activity = MessagingActivity.StartSend(MessagingActivity.Sqs, queue.Name, bodies.Count);
        try
        {
            await sender.SendAsync(bodies, attributes(TraceContext.Of(activity ?? Activity.Current)), cancellationToken);
        }
        catch (Exception exception)
        {
            activity.Fail(exception);
            throw;
        }
    }
}
