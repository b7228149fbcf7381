using System.Diagnostics;
using ApiPoc.Domain.Jobs;
using ApiPoc.TaskMaster.Jobs;

namespace ApiPoc.TaskMaster.Runs;

/// <summary>Puts the jobs of one run on the queue, in one trace.</summary>
internal sealed class RunSender(JobSource source, IJobQueue queue, RunMetrics metrics, ILogger<RunSender> logger)
{
    public const int MaxJobs = 100_000;

    // Bounds what is in memory and unsent when the queue fails.
    private const int ChunkSize = 1_000;
    private static readonly ActivitySource Traces = new("ApiPoc.TaskMaster");

    /// <exception cref="JobQueueUnavailableException">Some jobs may have been sent; sending the run again under its id is safe.</exception>
    public async Task SendAsync(string runId, string runSource, int count, CancellationToken cancellationToken)
    {
        using var span = Traces.StartActivity($"run {runSource}", ActivityKind.Internal);
        span?.SetTag("apipoc.run_id", runId).SetTag("apipoc.jobs", count);
        try
        {
            foreach (var chunk in source.Produce(runId, count).Chunk(ChunkSize))
            {
                await queue.SendAsync(chunk, cancellationToken);
                metrics.JobsSent(runSource, chunk.Length);
            }

            RunLog.Sent(logger, runId, count);
        }
        catch (Exception exception)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.Message);
            metrics.RunFailed(runSource);
            throw;
        }
    }
}
