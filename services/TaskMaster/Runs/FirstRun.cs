using ApiPoc.Domain.Jobs;
using Microsoft.Extensions.Options;

namespace ApiPoc.TaskMaster.Runs;

/// <summary>Sends <see cref="RunsOptions.JobsOnStart"/> jobs once, as soon as the queue is there.</summary>
internal sealed class FirstRun(IOptions<RunsOptions> options, RunSender runs, TimeProvider clock, ILogger<FirstRun> logger) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.JobsOnStart == 0)
            return;

        // One id for all attempts: what an attempt that failed half-way has sent counts once.
        string runId = RunId.Create(RunSource.Start, clock);
        while (!await TrySendAsync(runId, stoppingToken))
            await Task.Delay(RetryAfter, clock, stoppingToken);
    }

    private async Task<bool> TrySendAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            await runs.SendAsync(runId, RunSource.Start, options.Value.JobsOnStart, cancellationToken);
            return true;
        }
        catch (JobQueueUnavailableException exception)
        {
            RunLog.WaitsForQueue(logger, exception.Message);
            return false;
        }
    }
}
