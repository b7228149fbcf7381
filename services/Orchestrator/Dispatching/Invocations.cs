using ApiPoc.Domain.Jobs;

namespace ApiPoc.Orchestrator.Dispatching;

/// <summary>Counts invocations of workers: as a metric, and per day and API for people.</summary>
internal sealed class Invocations(IInvocationStats stats, JobMetrics metrics)
{
    public void Count(Job job)
    {
        stats.Count(job.ApiId);
        metrics.WorkerInvoked(job);
    }
}
