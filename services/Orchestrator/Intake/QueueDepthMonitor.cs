using ApiPoc.Domain.Jobs;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator.Intake;

/// <summary>Asks for the queue's depth now and then, for the gauge.</summary>
internal sealed class QueueDepthMonitor(
    IJobQueue queue, JobMetrics metrics, IOptions<OrchestratorOptions> options, TimeProvider clock, ILogger<QueueDepthMonitor> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.DepthInterval, clock);
        do
        {
            try
            {
                metrics.DepthSeen(await queue.GetDepthAsync(stoppingToken));
            }
            catch (JobQueueUnavailableException trouble)
            {
                logger.QueueUnavailable(trouble.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
