using System.Collections.Concurrent;
using ApiPoc.Domain.Quotas;
using ApiPoc.Messaging;
using ApiPoc.Messaging.Tracing;
using ApiPoc.Orchestrator.Lanes;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator.Dispatching;

/// <summary>Jobs on their way: from the permit to what its outcome demands. Each flight is a task of its own.</summary>
internal sealed class Flights(
    WorkerClient workers, IQuotaEngine quota, Settlement settlement, DispatchClock dispatchClock, IOptions<MessagingOptions> messaging,
    ISharedClock shared, TimeProvider clock, ILogger<Flights> logger)
{
    private readonly ConcurrentDictionary<Task, byte> _running = new();

    /// <summary>Completes when every flight under way has landed.</summary>
    public Task AllLandedAsync() => Task.WhenAll(_running.Keys);

    /// <summary>Sends a waiting job off.</summary>
    public void Start(Lane lane, HeldJob job, Permit permit, long epoch, bool isProbe = false)
    {
        job.CallAt = permit.NotBefore;
        if (lane.TryTakeOff(job))
            Track(Task.Run(() => FlyAsync(lane, job, permit, epoch, isProbe)));
        else
            Track(ReturnAsync(lane.ApiId, permit));
    }

    private void Track(Task flight)
    {
        _running.TryAdd(flight, 0);
        _ = flight.ContinueWith(landed => _running.TryRemove(landed, out _), TaskScheduler.Default);
    }

    private async Task FlyAsync(Lane lane, HeldJob job, Permit permit, long epoch, bool isProbe)
    {
        using var activity = MessagingActivity.StartProcess(messaging.Value.JobQueue, job.Message);
        activity?.SetTag("job_id", job.Job.JobId);
        activity?.SetTag("api_id", lane.ApiId);
        try
        {
            var call = await dispatchClock.WaitAsync(permit, epoch, isProbe);
            var isHeard = false;
            var reply = await workers.SendAsync(job.Job, call, heard: async evidence =>
            {
                isHeard = true;
                await ReportAsync(lane.ApiId, evidence.ToReport(permit.Id, permit.Request.Resource, shared));
            });
            if (!isHeard)
                await EndPermitAsync(lane.ApiId, permit, reply);
            await settlement.SettleAsync(lane, job, reply);
        }
        catch (Exception trouble)
        {
            // The message comes again when its visibility ends, now that nobody renews it.
            lane.LetGo(job);
            logger.FlightTroubled(trouble, job.Job.JobId);
        }
    }

    /// <summary>Of a lost worker's call nothing is known but that it may have been counted; of any other that it was not sent.</summary>
    private Task EndPermitAsync(string apiId, Permit permit, WorkerReply reply)
    {
        var now = clock.GetUtcNow();
        return reply.Kind == WorkerReplyKind.Lost
            ? ReportAsync(apiId, new(permit.Id, permit.Request.Resource, now, now, null, QuotaHeaders.None))
            : ReturnAsync(apiId, permit);
    }

    private async Task ReportAsync(string apiId, CallReport report)
    {
        try
        {
            await quota.ReportAsync(apiId, report, CancellationToken.None);
        }
        catch (QuotaUnavailableException trouble)
        {
            logger.PermitNotReturned(apiId, trouble.Message);
        }
    }

    private async Task ReturnAsync(string apiId, Permit permit)
    {
        try
        {
            await quota.ReturnAsync(apiId, [permit], CancellationToken.None);
        }
        catch (QuotaUnavailableException trouble)
        {
            logger.PermitNotReturned(apiId, trouble.Message);
        }
    }
}
