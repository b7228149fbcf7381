using ApiPoc.Domain.Jobs;
using ApiPoc.Orchestrator.Lanes;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator.Intake;

/// <summary>
/// Keeps the messages of jobs in hand hidden, by renewing their visibility at every third of it. Stops after the lanes do, so that jobs
/// which are being finished stay ours.
/// </summary>
internal sealed class VisibilityKeeper(
    IJobQueue queue, LaneSet lanes, IOptions<OrchestratorOptions> options, TimeProvider clock, ILogger<VisibilityKeeper> logger) : BackgroundService
{
    private const int AtOnce = 8;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Visibility / 3, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var held = lanes.All.SelectMany(lane => lane.All().Select(job => (lane, job)));
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken };
            await Parallel.ForEachAsync(held, parallel, async (entry, token) => await RenewAsync(entry.lane, entry.job, token));
        }
    }

    private async Task RenewAsync(Lane lane, HeldJob job, CancellationToken stopping)
    {
        try
        {
            bool isOurs = await queue.ChangeVisibilityAsync(job.Message, options.Value.Visibility, stopping);
            // Somebody else may have it now. One in flight is left to its outcome: the ledger knows who is the newest.
            if (!isOurs && lane.IsWaiting(job))
                lane.LetGo(job);
        }
        catch (JobQueueUnavailableException trouble)
        {
            logger.QueueUnavailable(trouble.Message);
        }
    }
}
