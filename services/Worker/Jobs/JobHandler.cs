using ApiPoc.Domain.Jobs;
using ApiPoc.Worker.Probes;

namespace ApiPoc.Worker.Jobs;

/// <summary>From a request's body to an outcome: a place to work, a job that can be read, and the attempt or probe itself.</summary>
internal sealed class JobHandler(
    JobSlots slots, JobReader reader, AttemptRunner attempts, ProbeRunner probes, JobMetrics metrics, ILogger<JobHandler> logger)
{
    public async Task<JobOutcome> HandleAsync(string body, Dispatch dispatch, JobReply reply)
    {
        using var slot = slots.TryTake();
        if (slot is null)
            return Outcomes.Busy(JobOutcome.NoPlace);

        // A caller that gave no job_id is not a queue: nobody will ask for the same job again.
        var reading = reader.Read(body, idWhenAbsent: $"direct-{Guid.CreateVersion7():N}");
        if (reading.Job is not { } job)
            return Outcomes.Rejected(reading.DeadLetter!.Reason, reading.DeadLetter.Detail);

        using var activity = JobActivity.Start("attempt", job);
        var outcome = job.Operation == JobOperation.HealthCheck
            ? await probes.RunAsync(job, dispatch)
            : await attempts.RunAsync(job, dispatch, reply);
        activity.SetOutcome(outcome);
        metrics.AttemptEnded(job, outcome);
        logger.AttemptEnded(job.Operation, job.JobId, outcome.Kind, outcome.StatusCode, outcome.Reason);
        return outcome;
    }
}
