using ApiPoc.Domain.Jobs;
using ApiPoc.Worker.Apis;
using ApiPoc.Worker.Operations;

namespace ApiPoc.Worker.Jobs;

/// <summary>What an answer means for its job: done, handed back, tried again or given up.</summary>
internal sealed class AttemptJudge(IJobLedger ledger, Lessons lessons, OperationSet operations, AttemptPolicy policy, JobSlots slots)
{
    public async Task<JobOutcome> JudgeAsync(Job job, Dispatch dispatch, AttemptStart attempt, ApiAnswer answer)
    {
        await lessons.TeachAsync(job, dispatch, answer);
        return answer.Verdict switch
        {
            Verdict.Answered => await PerformAsync(job, attempt, answer),
            Verdict.Throttled => await HandBackAsync(job, attempt, answer),
            Verdict.Refused => await RejectAsync(job, attempt, answer),
            Verdict.Unreadable => await FailAsync(job, attempt, answer, DeadLetterReason.BadAnswer),
            _ => await FailAsync(job, attempt, answer, answer.Words),
        };
    }

    private async Task<JobOutcome> PerformAsync(Job job, AttemptStart attempt, ApiAnswer answer)
    {
        if (operations.Perform(job.Operation, answer) is not { } summary)
            return await FailAsync(job, attempt, answer, DeadLetterReason.BadAnswer);

        var result = new JobResult(job.Operation, job.ApiId, job.Resource, answer.Status!.Value, summary);
        return await ledger.CompleteAsync(job.JobId, attempt.Fence, result, Slack, CancellationToken.None) switch
        {
            Completion.Stale => Stale(),
            _ => Outcomes.Completed(answer.Status, attempt.Attempts),
        };
    }

    private async Task<JobOutcome> HandBackAsync(Job job, AttemptStart attempt, ApiAnswer answer)
    {
        await ledger.RefundAsync(job.JobId, attempt.Fence, CancellationToken.None);
        return Outcomes.Throttled(lessons.WaitAsked(job.ApiId, answer), $"{job.ApiId} throttled {job.Resource}.");
    }

    private async Task<JobOutcome> RejectAsync(Job job, AttemptStart attempt, ApiAnswer answer)
    {
        if (!await ledger.GiveUpAsync(job.JobId, attempt.Fence, answer.Status, DeadLetterReason.Rejected, CancellationToken.None))
            return Stale();
        return Outcomes.Rejected(
            DeadLetterReason.Rejected, $"{job.ApiId} answered {answer.Words} to {job.Resource}.", answer.Status, attempt.Attempts);
    }

    private async Task<JobOutcome> FailAsync(Job job, AttemptStart attempt, ApiAnswer answer, string reason)
    {
        bool isLast = attempt.Attempts >= policy.Api(job.ApiId).MaxAttempts;
        bool isNewest = isLast
            ? await ledger.GiveUpAsync(job.JobId, attempt.Fence, answer.Status, reason, CancellationToken.None)
            : await ledger.FailAsync(job.JobId, attempt.Fence, answer.Status, reason, Slack, CancellationToken.None);
        if (!isNewest)
            return Stale();
        return isLast
            ? Outcomes.Exhausted(reason, answer.Status, attempt.Attempts)
            : Outcomes.Failed(answer.Status, reason, attempt.Attempts, policy.DelayAfter(attempt.Attempts));
    }

    /// <summary>What the call taught has been told: the end may be written together with others', unless it keeps the next job from its place.</summary>
    private TimeSpan Slack => slots.AreScarce ? TimeSpan.Zero : TimeSpan.MaxValue;

    // The job's message is the newer attempt's now, to delete, to dead-letter or to bring back.
    private static JobOutcome Stale() => Outcomes.Busy("stale_attempt", TwinPause.Longest);
}
