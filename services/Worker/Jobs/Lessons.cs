using System.Diagnostics;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Events;
using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;
using ApiPoc.Worker.Apis;
using Microsoft.Extensions.Options;

namespace ApiPoc.Worker.Jobs;

/// <summary>
/// Tells everybody what a call taught: of a 429 those about to call and the subscribers of events, of others the breaker. The quota engine
/// is told by whoever asked it for the permit (<see cref="JobReply"/>). A store that is away costs the lesson, not the job.
/// </summary>
internal sealed class Lessons(
    IQuotaGate quota, BreakerGate breaker, IThrottleEvents events, IOptions<ApisOptions> apis, JobMetrics metrics, ILogger<Lessons> logger)
{
    /// <summary>Has those wait who are about to call, before anybody else is told of a 429: whoever judges it releases them.</summary>
    public ValueTask HoldAsync(string apiId, ApiAnswer answer) =>
        answer.Verdict == Verdict.Throttled ? quota.HoldAsync(apiId) : ValueTask.CompletedTask;

    public async Task TeachAsync(Job job, Dispatch dispatch, ApiAnswer answer)
    {
        metrics.CallEnded(job.ApiId, answer.Status, answer.AnsweredAt - answer.SentAt);
        await TellBreakerAsync(job, dispatch, answer);
        if (answer.Verdict == Verdict.Throttled)
            AnnounceRequeued(job, answer);
    }

    /// <summary>How long the API asked to be left alone; null when it did not say and nothing else is configured.</summary>
    public TimeSpan? WaitAsked(string apiId, ApiAnswer answer) => answer.Quota.RetryAfter ?? answer.Quota.ResetAfter
        ?? (apis.Value[apiId].OnThrottle == ThrottlePolicy.BreakerOn429 ? apis.Value[apiId].Breaker.ProbeInterval : null);

    /// <summary>Tells the breaker what became of its probe.</summary>
    public Task ProbeEndedAsync(string apiId, long epoch, bool isWell, ApiAnswer answer)
    {
        BreakerEvent result = isWell ? new ProbeSucceeded(epoch) : new ProbeFailed(epoch, answer.Quota.RetryAfter, $"{apiId} answered {answer.Words} to the probe");
        return ApplyAsync(apiId, result);
    }

    private async Task TellBreakerAsync(Job job, Dispatch dispatch, ApiAnswer answer)
    {
        var api = apis.Value[job.ApiId];
        bool opensBreaker = answer.Verdict == Verdict.Throttled && api.OnThrottle == ThrottlePolicy.BreakerOn429;
        if (dispatch is { IsProbe: true, Epoch: { } probe })
        {
            await ProbeEndedAsync(job.ApiId, probe, isWell: answer.Verdict != Verdict.Failed && !opensBreaker, answer);
            return;
        }
        try
        {
            long epoch = dispatch.Epoch ?? (await breaker.ReadAsync(job.ApiId, CancellationToken.None)).State.Epoch;
            if (opensBreaker)
                await ApplyAsync(job.ApiId, new CallThrottled(epoch, WaitAsked(job.ApiId, answer), Reason(job, answer)));
            else if (answer.Verdict == Verdict.Failed)
                await breaker.CountFailureAsync(job.ApiId, api, epoch, answer.Words, CancellationToken.None);
            else if (answer.Verdict != Verdict.Throttled)
                breaker.CountSuccess(job.ApiId, api, epoch);
        }
        catch (BreakerUnavailableException failure)
        {
            logger.LessonLost(job.ApiId, failure.Message);
        }
    }

    private async Task ApplyAsync(string apiId, BreakerEvent happened)
    {
        try
        {
            var transition = await breaker.ApplyAsync(apiId, happened, BreakerTimes.Of(apis.Value[apiId]), CancellationToken.None);
            if (transition.IsChange)
                logger.BreakerChanged(apiId, transition.After.Circuit, transition.After.Reason);
        }
        catch (BreakerUnavailableException failure)
        {
            logger.LessonLost(apiId, failure.Message);
        }
    }

    private void AnnounceRequeued(Job job, ApiAnswer answer)
    {
        var wait = WaitAsked(job.ApiId, answer);
        logger.Throttled(job.ApiId, job.Resource, wait);
        var data = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["job_id"] = job.JobId,
            ["resource"] = job.Resource,
            ["status_code"] = "429",
        };
        if (wait is { } asked)
            data["retry_after_ms"] = $"{asked.TotalMilliseconds:0}";
        events.TryPublish(new ThrottleEvent
        {
            Type = ThrottleEventType.JobRequeued,
            Time = answer.AnsweredAt,
            ApiId = job.ApiId,
            Reason = Reason(job, answer),
            TraceId = Activity.Current?.TraceId.ToString(),
            Data = data,
        });
    }

    private static string Reason(Job job, ApiAnswer answer) => $"{job.ApiId} answered {answer.Words} to {job.Resource}";
}
