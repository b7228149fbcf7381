using ApiPoc.Domain.Jobs;
using ApiPoc.Messaging;
using ApiPoc.Messaging.Tracing;
using ApiPoc.Orchestrator.Dispatching;
using ApiPoc.Orchestrator.Lanes;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator.Intake;

/// <summary>Puts each message where it belongs: into its API's lane, back on the queue when that has no room, or on the dead-letter queue.</summary>
internal sealed class Sorter(
    JobReader reader, LaneSet lanes, Redrive redrive, QueueEnd queueEnd, HandBack handBack, IOptions<MessagingOptions> messaging)
{
    /// <returns>Whether the message was wanted: false when it went back.</returns>
    public async Task<bool> SortAsync(QueuedMessage message)
    {
        var reading = reader.ReadMessage(message);
        if (reading.Job is not { } job)
        {
            using var activity = MessagingActivity.StartProcess(messaging.Value.JobQueue, message);
            await queueEnd.DeadLetterAsync(message, job: null, reading.DeadLetter!);
            return true;
        }

        var lane = lanes[job.ApiId];
        if (await redrive.IsReadyAsync(message, job) && lane.TryHold(new HeldJob(message, job)))
            return true;
        await handBack.OneAsync(message, lane.TurnAwayFor);
        return false;
    }
}
