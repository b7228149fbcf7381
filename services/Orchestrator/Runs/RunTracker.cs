using ApiPoc.Domain.Events;
using ApiPoc.Domain.Jobs;
using ApiPoc.Orchestrator.Lanes;

namespace ApiPoc.Orchestrator.Runs;

/// <summary>
/// Announces runs: one starts with the first message after an idle time, and is finished when a receive brings nothing, nothing is in
/// hand and the queue says it is empty. Used by the intake's loop only.
/// </summary>
internal sealed class RunTracker(IJobQueue queue, LaneSet lanes, RunCounts counts, IThrottleEvents events, InstanceName self, TimeProvider clock, ILogger<RunTracker> logger)
{
    private DateTimeOffset? _startedAt;

    /// <summary>Tells what a receive brought.</summary>
    public async Task ReceivedAsync(int messages, CancellationToken cancellationToken)
    {
        if (messages > 0 && _startedAt is null)
            Start();
        else if (messages == 0 && _startedAt is { } startedAt && await IsFinishedAsync(cancellationToken))
            Finish(clock.GetUtcNow() - startedAt);
    }

    private async Task<bool> IsFinishedAsync(CancellationToken cancellationToken)
    {
        if (lanes.All.Any(lane => lane.Counts.InHand > 0))
            return false;
        try
        {
            return await queue.GetDepthAsync(cancellationToken) is { Visible: 0, InFlight: 0, Delayed: 0 };
        }
        catch (JobQueueUnavailableException)
        {
            return false; // not known; the next receive asks again
        }
    }

    private void Start()
    {
        _startedAt = clock.GetUtcNow();
        counts.Reset();
        logger.RunStarted();
        Publish(ThrottleEventType.RunStarted, "work was found", []);
    }

    private void Finish(TimeSpan duration)
    {
        _startedAt = null;
        logger.RunFinished(duration, counts.Completed, counts.DeadLettered);
        Publish(ThrottleEventType.RunFinished, "the queue is empty and nothing is in flight", new(StringComparer.Ordinal)
        {
            ["duration_ms"] = $"{duration.TotalMilliseconds:0}",
            ["completed"] = $"{counts.Completed}",
            ["dead_lettered"] = $"{counts.DeadLettered}",
        });
    }

    private void Publish(string type, string reason, Dictionary<string, string> data)
    {
        data["instance"] = self.Value;
        events.TryPublish(new ThrottleEvent { Type = type, Time = clock.GetUtcNow(), Reason = reason, Data = data });
    }
}
