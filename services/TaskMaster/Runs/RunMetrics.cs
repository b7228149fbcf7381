using System.Diagnostics.Metrics;

namespace ApiPoc.TaskMaster.Runs;

/// <summary>Counts the work that is made.</summary>
internal sealed class RunMetrics
{
    public const string MeterName = "ApiPoc.TaskMaster";

    private readonly Counter<long> _jobs;
    private readonly Counter<long> _failedRuns;

    public RunMetrics(IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(MeterName);
        _jobs = meter.CreateCounter<long>("apipoc.task_master.jobs", "{job}", "Jobs put on the queue.");
        _failedRuns = meter.CreateCounter<long>("apipoc.task_master.failed_runs", "{run}", "Runs that could not be sent, or not wholly.");
    }

    public void JobsSent(string source, int jobs) => _jobs.Add(jobs, Source(source));

    public void RunFailed(string source) => _failedRuns.Add(1, Source(source));

    private static KeyValuePair<string, object?> Source(string source) => new("source", source);
}
