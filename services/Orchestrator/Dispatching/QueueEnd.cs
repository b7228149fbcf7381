using System.Diagnostics;
using ApiPoc.Domain.Events;
using ApiPoc.Domain.Jobs;
using ApiPoc.Orchestrator.Lanes;
using ApiPoc.Orchestrator.Runs;

namespace ApiPoc.Orchestrator.Dispatching;

/// <summary>The end of a message: deleted, or dead-lettered with an event. Tried a few times; after that it comes again, which is safe.</summary>
internal sealed class QueueEnd(
    IJobQueue queue, IThrottleEvents events, JobMetrics metrics, RunCounts run, TimeProvider clock, ILogger<QueueEnd> logger)
{
    private const int Tries = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Removes the message of a job whose result is recorded.</summary>
    public async Task DeleteAsync(HeldJob job)
    {
        if (!await TryAsync(job.Message, () => queue.DeleteAsync(job.Message, CancellationToken.None)))
            return;
        metrics.JobCompleted(job);
        run.JobCompleted();
    }

    /// <summary>Gives a message up; <paramref name="job"/> is null when it never was one.</summary>
    public async Task DeadLetterAsync(QueuedMessage message, Job? job, DeadLetter deadLetter)
    {
        if (!await TryAsync(message, () => queue.DeadLetterAsync(message, deadLetter, CancellationToken.None)))
            return;

        run.JobDeadLettered();
        metrics.JobDeadLettered(job?.ApiId ?? "", deadLetter.Reason);
        logger.DeadLettered(job?.JobId ?? message.MessageId, deadLetter.Reason, deadLetter.Detail, deadLetter.Attempts);
        events.TryPublish(new ThrottleEvent
        {
            Type = ThrottleEventType.JobDeadLettered,
            Time = clock.GetUtcNow(),
            ApiId = job?.ApiId ?? "",
            Reason = deadLetter.Detail,
            TraceId = Activity.Current?.TraceId.ToString(),
            Data = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["job_id"] = job?.JobId ?? message.MessageId,
                ["reason"] = deadLetter.Reason,
                ["attempts"] = $"{deadLetter.Attempts}",
            },
        });
    }

    private async Task<bool> TryAsync(QueuedMessage message, Func<Task> end)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await end();
                return true;
            }
            catch (JobQueueUnavailableException) when (attempt < Tries)
            {
                await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), clock);
            }
            catch (JobQueueUnavailableException trouble)
            {
                logger.MessageNotEnded(message.MessageId, trouble.Message);
                return false;
            }
        }
    }
}
