using ApiPoc.Domain.Quotas;
using ApiPoc.Orchestrator.Lanes;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator.Dispatching;

/// <summary>One step of a lane whose breaker is closed: ask for permits with the jobs in hand, and send off what is permitted.</summary>
internal sealed class DispatchStep(
    IQuotaEngine quota, Flights flights, HandBack handBack, IOptions<OrchestratorOptions> options, TimeProvider clock)
{
    public async Task<Sleep> RunAsync(Lane lane, long epoch, CancellationToken stopping)
    {
        var closedFor = lane.TryOpen();
        var (ready, nextReadyIn) = lane.Look(options.Value.JobsInFlight - lane.Counts.InFlight);
        if (ready.Count == 0)
        {
            // While it is closed for the quota, that is what it waits for still.
            if (closedFor is null)
                lane.Wait = lane.Counts.InFlight > 0 ? LaneWait.Workers : LaneWait.Jobs;
            return new(Soonest(nextReadyIn, closedFor));
        }

        var grant = await quota.AskAsync(lane.ApiId, [.. ready.Select(job => job.Request)], stopping);
        foreach (var permit in grant.Permits)
            flights.Start(lane, ready.First(job => ReferenceEquals(job.Request, permit.Request)), permit, epoch);

        var waits = Waits(grant, ready);
        lane.Wait = grant.WaitingFor.Length > 0 ? new(grant.WaitingFor, clock.GetUtcNow() + grant.AskAgainAfter) : LaneWait.Nothing;
        if (grant.Permits.Count == ready.Count)
            return new(TimeSpan.Zero);
        if (await ReleaseTenantsAsync(lane, waits))
            return new(TimeSpan.Zero);
        if (grant.AskAgainAfter > options.Value.HoldAtMost)
            await ReleaseAsync(lane, grant.AskAgainAfter);
        return new(Soonest(grant.AskAgainAfter, nextReadyIn), IsForQuota: true);
    }

    private List<(HeldJob Job, PermitWait Wait)> Waits(PermitGrant grant, IReadOnlyList<HeldJob> ready)
    {
        var now = clock.GetUtcNow();
        List<(HeldJob Job, PermitWait Wait)> waits = [.. grant.Waits.Select(wait => (ready.First(job => ReferenceEquals(job.Request, wait.Request)), wait))];
        foreach (var (job, wait) in waits)
            job.QuotaWait = new(wait.For, now + wait.After);
        return waits;
    }

    /// <summary>Jobs that must wait long for a limit of their tenant alone go back to the queue, and make room for others'.</summary>
    /// <returns>Whether there were any.</returns>
    private async Task<bool> ReleaseTenantsAsync(Lane lane, List<(HeldJob Job, PermitWait Wait)> waits)
    {
        var released = waits.FindAll(entry => entry.Wait.IsTenantsOwn && entry.Wait.After > options.Value.HoldAtMost);
        foreach (var (job, _) in released)
            lane.LetGo(job);
        await Task.WhenAll(released.GroupBy(entry => entry.Wait.After).Select(group => handBack.AllAsync(group.Select(entry => entry.Job), group.Key)));
        return released.Count > 0;
    }

    private async Task ReleaseAsync(Lane lane, TimeSpan time)
    {
        lane.CloseForQuota(time);
        await handBack.AllAsync(lane.LetGoOfWaiting(), time);
    }

    private static TimeSpan? Soonest(params TimeSpan?[] times) => times.Min();
}
