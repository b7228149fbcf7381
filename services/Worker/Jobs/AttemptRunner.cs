using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;
using ApiPoc.Worker.Apis;

namespace ApiPoc.Worker.Jobs;

/// <summary>
/// One attempt of a job: begun in the ledger, sent at its moment, told of, judged, and ended in the ledger. The caller's going away does not end
/// it: a result that is recorded needs nobody to hear of it.
/// </summary>
internal sealed class AttemptRunner(
    IJobLedger ledger, StartGate start, ApiClient client, Lessons lessons, AttemptJudge judge, AttemptPolicy policy, ISharedClock shared,
    ILogger<AttemptRunner> logger)
{
    public async Task<JobOutcome> RunAsync(Job job, Dispatch dispatch, JobReply reply)
    {
        try
        {
            await start.ListenAsync();
            var startIn = dispatch.LeftAt(shared.Now);
            var attempt = await ledger.BeginAsync(
                job.JobId, policy.Api(job.ApiId).MaxAttempts, policy.Lease(job.ApiId, startIn), startIn, CancellationToken.None);
            if (attempt.Kind != AttemptStartKind.Started)
                return NotStarted(attempt);

            if (await start.WaitAsync(job.ApiId, job.Tenant ?? "", dispatch) is { } heldBack)
            {
                await ledger.RefundAsync(job.JobId, attempt.Fence, CancellationToken.None);
                return heldBack;
            }
            return await CallAsync(job, dispatch, attempt, reply);
        }
        catch (JobLedgerUnavailableException failure)
        {
            return WithoutLedger(job, failure);
        }
    }

    private async Task<JobOutcome> CallAsync(Job job, Dispatch dispatch, AttemptStart attempt, JobReply reply)
    {
        var answer = await client.GetAsync(job.ApiId, job.Resource, job.JobId);
        await lessons.HoldAsync(job.ApiId, answer);
        await reply.TellAsync(new(shared.ToShared(answer.SentAt), shared.ToShared(answer.AnsweredAt), answer.Status, answer.Quota));
        JobOutcome outcome;
        try
        {
            outcome = await judge.JudgeAsync(job, dispatch, attempt, answer);
        }
        catch (JobLedgerUnavailableException failure)
        {
            outcome = WithoutLedger(job, failure);
        }
        return outcome with { IsCallSent = true };
    }

    // Without the ledger nothing is known of the job; the queue will bring it again.
    private JobOutcome WithoutLedger(Job job, JobLedgerUnavailableException failure)
    {
        logger.LedgerUnavailable(job.JobId, failure.Message);
        return Outcomes.LedgerUnavailable();
    }

    private static JobOutcome NotStarted(AttemptStart attempt) => attempt.Kind switch
    {
        AttemptStartKind.AlreadyCompleted => Outcomes.Completed(status: null, attempt.Attempts) with { Reason = "already_completed" },
        AttemptStartKind.InProgress => Outcomes.Busy("in_progress", TwinPause.Of(attempt.BusyFor)),
        _ => Outcomes.GivenUp(attempt.LastReason, attempt.LastStatus, attempt.Attempts),
    };
}
