using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ApiPoc.Domain.Events;
using ApiPoc.Domain.Jobs;
using ApiPoc.Messaging.Sqs;
using ApiPoc.Messaging.Tracing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiPoc.Messaging.Events;

/// <summary>
/// Receives throttle events from the notifier's queue, at least once each. An event that is not completed comes again after the queue's
/// visibility timeout, and goes to the dead-letter queue when it has come as often as the queue allows.
/// </summary>
public sealed partial class ThrottleEventReceiver
{
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(20);

    // A null where the event promises a value would otherwise pass for an event, and end whoever handles it.
    private static readonly JsonSerializerOptions Json = new() { RespectNullableAnnotations = true };

    private readonly SqsQueue _queue;
    private readonly QueueReceiver _receiver;
    private readonly ILogger<ThrottleEventReceiver> _logger;

    internal ThrottleEventReceiver(
        SqsClients clients, IOptions<MessagingOptions> options, TimeProvider time, MessagingMetrics metrics, ILogger<ThrottleEventReceiver> logger)
    {
        var settings = options.Value;
        _queue = new SqsQueue(settings.NotifierQueue, clients, settings.CallTimeout, time, metrics);
        _receiver = new QueueReceiver(_queue, new PollPacer(time, settings.MaxBackoff, new Random()), time, metrics);
        _logger = logger;
    }

    /// <summary>Yields events until cancelled. While the queue does not answer it says so in the log and tries again, ever more slowly.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async IAsyncEnumerable<ReceivedThrottleEvent> ReceiveAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var message in await ReceiveAsync(cancellationToken))
            {
                if (Read(message) is { } throttleEvent)
                    yield return new ReceivedThrottleEvent(throttleEvent, message);
            }
        }
    }

    /// <summary>Starts the span of handling the event, which continues the trace in which it happened.</summary>
    /// <returns>Null when nobody listens to traces.</returns>
    public Activity? StartProcess(ReceivedThrottleEvent received)
    {
        ArgumentNullException.ThrowIfNull(received);
        return MessagingActivity.StartProcess(_queue.Name, received.Message);
    }

    /// <summary>Removes a handled event from the queue. When that fails it is logged, and the event will come again.</summary>
    public async Task CompleteAsync(ReceivedThrottleEvent received, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(received);
        try
        {
            await _queue.CommandAsync("delete", (sqs, url, token) => sqs.DeleteMessageAsync(url, received.Message.Receipt, token), cancellationToken);
        }
        catch (JobQueueUnavailableException exception)
        {
            LogNotCompleted(_logger, exception.Message);
        }
        catch (Exception exception) when (StaleReceipt.Explains(exception))
        {
            LogNotCompleted(_logger, exception.Message);
        }
    }

    private async Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _receiver.ReceiveAsync(QueueReceiver.MaxMessages, LongPoll, visibility: null, cancellationToken);
        }
        catch (JobQueueUnavailableException exception)
        {
            LogUnavailable(_logger, exception.Message);
            return [];
        }
    }

    private ThrottleEvent? Read(QueuedMessage message)
    {
        try
        {
            return JsonSerializer.Deserialize<ThrottleEvent>(message.Body, Json);
        }
        catch (JsonException exception)
        {
            // Left where it is: the queue's redrive policy takes it out after a few receives.
            LogUnreadable(_logger, message.MessageId, exception.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Throttle events could not be received; trying again. {Problem}")]
    private static partial void LogUnavailable(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A handled throttle event could not be removed and will come again. {Problem}")]
    private static partial void LogNotCompleted(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} is not a throttle event: {Problem}")]
    private static partial void LogUnreadable(ILogger logger, string messageId, string problem);
}
