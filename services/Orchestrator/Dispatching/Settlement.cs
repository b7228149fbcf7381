using ApiPoc.Domain.Jobs;
using ApiPoc.Orchestrator.Lanes;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator.Dispatching;

/// <summary>What an outcome demands: delete the message, hold it back, or give the job up. A message is deleted only once its result is recorded.</summary>
internal sealed class Settlement(
    QueueEnd queueEnd, HandBack handBack, IJobLedger ledger, JobMetrics metrics, IOptions<OrchestratorOptions> options, ILogger<Settlement> logger)
{
    public Task SettleAsync(Lane lane, HeldJob job, WorkerReply reply) => reply.Kind switch
    {
        WorkerReplyKind.Unreachable => WaitForWorkersAsync(lane, job, reply.Problem),
        WorkerReplyKind.Lost => RecoverAsync(lane, job, reply.Problem),
        _ => SettleAsync(lane, job, reply.Outcome!),
    };

    private async Task SettleAsync(Lane lane, HeldJob job, JobOutcome outcome)
    {
        metrics.JobSettled(job.Job, outcome);
        var delay = outcome.RetryAfterMs is { } asked ? TimeSpan.FromMilliseconds(asked) : options.Value.WorkerPause;
        switch (outcome.Kind)
        {
            case JobOutcomeKind.Completed:
                await queueEnd.DeleteAsync(job);
                lane.LetGo(job);
                break;
            case JobOutcomeKind.Rejected:
                await queueEnd.DeadLetterAsync(
                    job.Message, job.Job, new(outcome.Reason, outcome.Detail, outcome.Attempts, outcome.StatusCode));
                lane.LetGo(job);
                break;
            case JobOutcomeKind.Failed:
                await ReleaseAsync(lane, job, delay);
                break;
            default: // throttled, or no worker had a place: nothing is wrong with the job, and it may be due again soon
                await KeepAsync(lane, job, delay, outcome);
                break;
        }
    }

    private async Task KeepAsync(Lane lane, HeldJob job, TimeSpan delay, JobOutcome outcome)
    {
        if (delay > options.Value.HoldAtMost)
            await ReleaseAsync(lane, job, delay);
        else
            // The quota has been told of a 429, and knows better than the API's whole seconds when there is room again.
            lane.PutBack(job, outcome.Kind is JobOutcomeKind.Throttled ? TimeSpan.Zero : delay, outcome.Reason);
    }

    private async Task ReleaseAsync(Lane lane, HeldJob job, TimeSpan delay)
    {
        await handBack.OneAsync(job.Message, delay);
        lane.LetGo(job);
    }

    private Task WaitForWorkersAsync(Lane lane, HeldJob job, string problem)
    {
        logger.NoWorker(job.Job.JobId, problem);
        lane.PutBack(job, options.Value.WorkerPause, "no worker can be reached");
        return Task.CompletedTask;
    }

    private async Task RecoverAsync(Lane lane, HeldJob job, string problem)
    {
        logger.WorkerLost(job.Job.JobId, problem);
        metrics.JobLost(job.Job);
        try
        {
            // The attempt counts: the worker noted it before its work. Its lease ends here, so that another may begin.
            await ledger.AbandonAsync(job.Job.JobId, CancellationToken.None);
        }
        catch (JobLedgerUnavailableException trouble)
        {
            logger.AttemptNotAbandoned(job.Job.JobId, trouble.Message);
        }
        await ReleaseAsync(lane, job, options.Value.LostJobDelay);
    }
}
