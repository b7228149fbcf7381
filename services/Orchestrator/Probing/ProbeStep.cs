using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;
using ApiPoc.Orchestrator.Dispatching;
using ApiPoc.Orchestrator.Lanes;

namespace ApiPoc.Orchestrator.Probing;

/// <summary>
/// One step of a lane whose breaker is not closed: hand back what waits until the next probe, and make that probe when it is due and no
/// other process does.
/// </summary>
internal sealed class ProbeStep(
    BreakerGate breaker, IQuotaEngine quota, WorkerClient workers, Flights flights, HandBack handBack, InstanceName self, TimeProvider clock)
{
    // Handing back and receiving anew takes about as long, and the queue hides for whole seconds only.
    private static readonly TimeSpan WorthHandingBack = TimeSpan.FromSeconds(2);

    public async Task<Sleep> RunAsync(Lane lane, BreakerReading reading, CancellationToken stopping)
    {
        var until = Until(reading);
        bool isDue = CircuitBreaker.IsDue(reading.State, reading.Now);
        bool needsJob = isDue && lane.Api.HealthPath.Length == 0;
        lane.Wait = new($"breaker {reading.State.Circuit}: {reading.State.Reason}", clock.GetUtcNow() + until);
        lane.CloseForBreaker(until, places: needsJob ? 1 : 0);

        // While a probe is under way the breaker may close at any moment: what is in hand stays there.
        if (reading.State.Circuit == CircuitState.Open && until > WorthHandingBack)
            await handBack.AllAsync(lane.LetGoOfWaiting(), until);

        if (!isDue)
            return new(until);
        return needsJob ? await ProbeWithJobAsync(lane, stopping) : await ProbeHealthAsync(lane, stopping);
    }

    private async Task<Sleep> ProbeHealthAsync(Lane lane, CancellationToken stopping)
    {
        if (await ClaimAsync(lane, stopping) is not { } epoch)
            return new(TimeSpan.Zero);

        var probe = new Job { JobId = $"health-{lane.ApiId}-{epoch}", Operation = JobOperation.HealthCheck, ApiId = lane.ApiId, Resource = "" };
        var reply = await workers.SendAsync(probe, new(epoch, clock.GetUtcNow(), TimeSpan.Zero, IsProbe: true));
        await AccountForAsync(lane, epoch, reply);
        return new(TimeSpan.Zero);
    }

    private async Task<Sleep> ProbeWithJobAsync(Lane lane, CancellationToken stopping)
    {
        var (ready, nextReadyIn) = lane.Look(1);
        if (ready is not [var job])
            return new(nextReadyIn);

        var grant = await quota.AskAsync(lane.ApiId, [job.Request], stopping);
        if (grant.Permits is not [var permit])
            return new(grant.AskAgainAfter, IsForQuota: true);

        if (await ClaimAsync(lane, stopping) is { } epoch)
            flights.Start(lane, job, permit, epoch, isProbe: true);
        else
            await quota.ReturnAsync(lane.ApiId, grant.Permits, stopping);
        return new(TimeSpan.Zero);
    }

    private async Task<long?> ClaimAsync(Lane lane, CancellationToken stopping)
    {
        var offer = await breaker.ApplyAsync(lane.ApiId, new ProbeWanted(self.Value), BreakerTimes.Of(lane.Api), stopping);
        return offer.Effect == BreakerEffect.ProbeGranted ? offer.After.Epoch : null;
    }

    // The worker tells the breaker what the API answered. When no worker could ask it, nobody else would before the claim ends.
    private async Task AccountForAsync(Lane lane, long epoch, WorkerReply reply)
    {
        if (reply is { Outcome.IsCallSent: true } or { Kind: WorkerReplyKind.Lost })
            return;
        var failed = new ProbeFailed(epoch, null, $"no worker made the probe: {reply.Outcome?.Reason ?? reply.Problem}");
        await breaker.ApplyAsync(lane.ApiId, failed, BreakerTimes.Of(lane.Api), CancellationToken.None);
    }

    private static TimeSpan Until(BreakerReading reading)
    {
        var left = (reading.State.ProbeAt ?? reading.Now) - reading.Now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
