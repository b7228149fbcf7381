using System.Diagnostics;
using ApiPoc.Messaging.Sqs;
using ApiPoc.Messaging.Tracing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiPoc.Messaging.Events;

/// <summary>
/// Publishes buffered events in batches, one after the other (SNS promises no order within one). While the topic does not answer it keeps
/// trying, ever more slowly, and the buffer fills. It stops after every other hosted service, so that their last events are still published.
/// </summary>
internal sealed partial class ThrottleEventPublisher(
    SnsThrottleEvents events,
    EventsTopic topic,
    IOptions<MessagingOptions> options,
    TimeProvider time,
    MessagingMetrics metrics,
    ILogger<ThrottleEventPublisher> logger) : IHostedLifecycleService, IDisposable
{
    private const int MaxBatch = 10;

    private readonly PollPacer _pacer = new(time, options.Value.MaxBackoff, new Random());
    private readonly CancellationTokenSource _giveUp = new();
    private Task _publishing = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // Its own flow: spans of publishing belong to the traces the events carry, not to whoever starts the host.
        using (ExecutionContext.SuppressFlow())
            _publishing = Task.Run(() => PublishAllAsync(_giveUp.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        events.Complete();
        await using var patience = time.CreateTimer(_ => _giveUp.Cancel(), null, options.Value.EventFlushTimeout, Timeout.InfiniteTimeSpan);
        await _publishing.WaitAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Not disposed: a host may be stopped by two at once, and what the second waits for may end after the first has thrown all away.
    public void Dispose() => _giveUp.Cancel();

    private async Task PublishAllAsync(CancellationToken giveUp)
    {
        var batch = new List<PendingEvent>(MaxBatch);
        while (await events.Pending.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < MaxBatch && events.Pending.TryRead(out var pending))
                batch.Add(pending);
            await PublishAsync(batch, giveUp);
        }
    }

    private async Task PublishAsync(List<PendingEvent> batch, CancellationToken giveUp)
    {
        while (!await TryPublishAsync(batch, giveUp))
        {
            if (!giveUp.IsCancellationRequested)
                continue;
            metrics.EventsDropped(batch.Count, EventDropReason.Stopped);
            LogGivenUp(logger, batch.Count, topic.Name);
            return;
        }
    }

    /// <returns>False when the batch is to be tried again.</returns>
    private async Task<bool> TryPublishAsync(List<PendingEvent> batch, CancellationToken giveUp)
    {
        Activity?[] spans = [];
        try
        {
            await _pacer.WaitAsync(giveUp);
            spans = [.. batch.Select(pending => MessagingActivity.StartSend(MessagingActivity.Sns, topic.Name, pending.Trace))];
            var refused = await topic.PublishAsync(batch, giveUp);
            _pacer.Succeeded();
            metrics.EventsPublished(batch.Count - refused.Count);
            foreach (var (index, error) in refused)
            {
                metrics.EventsDropped(1, EventDropReason.Refused);
                LogRefused(logger, batch[index].Type, topic.Name, error.Code, error.Message);
            }

            return true;
        }
        catch (Exception exception)
        {
            _pacer.Failed();
            foreach (var span in spans)
                span.Fail(exception);
            if (!giveUp.IsCancellationRequested)
                LogUnavailable(logger, batch.Count, topic.Name, exception.Message);
            return false;
        }
        finally
        {
            // In reverse, so that each restores the current span it found.
            foreach (var span in spans.Reverse())
                span?.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} events could not be published on {Topic}; trying again. {Problem}")]
    private static partial void LogUnavailable(ILogger logger, int count, string topic, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Event {Type} was refused by {Topic}: {Code}: {Problem}")]
    private static partial void LogRefused(ILogger logger, string type, string topic, string code, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} events were given up on stopping: {Topic} did not take them in time.")]
    private static partial void LogGivenUp(ILogger logger, int count, string topic);
}
