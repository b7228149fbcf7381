using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Jobs;
using ApiPoc.Worker.Apis;
using ApiPoc.Worker.Jobs;
using Microsoft.Extensions.Options;

namespace ApiPoc.Worker.Probes;

/// <summary>HEALTH_CHECK: one free call to learn whether the API would serve us again, and the breaker's probe when it is sent as one.</summary>
internal sealed class ProbeRunner(ApiClient client, Lessons lessons, IOptions<ApisOptions> apis)
{
    public async Task<JobOutcome> RunAsync(Job job, Dispatch dispatch)
    {
        string path = apis.Value[job.ApiId].HealthPath;
        if (path.Length == 0)
            return Outcomes.Rejected(DeadLetterReason.UnknownOperation, $"{job.ApiId} has no HealthPath: a real job is its probe.");

        var answer = await client.GetAsync(job.ApiId, path, idempotencyKey: null);
        bool isWell = answer is { Status: >= 200 and < 300, Verdict: not Verdict.Failed };
        if (dispatch is { IsProbe: true, Epoch: { } epoch })
            await lessons.ProbeEndedAsync(job.ApiId, epoch, isWell, answer);
        return Outcome(job, answer, isWell) with { IsCallSent = true };
    }

    private JobOutcome Outcome(Job job, ApiAnswer answer, bool isWell)
    {
        if (isWell)
            return Outcomes.Completed(answer.Status, attempts: 0);
        return answer.Verdict == Verdict.Throttled
            ? Outcomes.Throttled(lessons.WaitAsked(job.ApiId, answer), $"{job.ApiId} is throttled.")
            : Outcomes.Failed(answer.Status, answer.Words, attempts: 0, apis.Value[job.ApiId].Breaker.ProbeInterval);
    }
}
