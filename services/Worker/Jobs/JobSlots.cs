using Microsoft.Extensions.Options;

namespace ApiPoc.Worker.Jobs;

/// <summary>The places for jobs that are worked on at once. None is given out any more once the process is asked to stop.</summary>
internal sealed class JobSlots(IOptions<WorkerOptions> options, IHostApplicationLifetime lifetime, JobMetrics metrics)
{
    private int _taken;

    /// <summary>Whether hardly any are left: then none is to be kept longer than need be.</summary>
    public bool AreScarce => 8 * Volatile.Read(ref _taken) > 7 * options.Value.Concurrency;

    /// <summary>Takes a place until the returned one is disposed; null when there is none.</summary>
    public Slot? TryTake()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return null;
        if (Interlocked.Increment(ref _taken) > options.Value.Concurrency)
        {
            Interlocked.Decrement(ref _taken);
            return null;
        }
        metrics.JobStarted();
        return new Slot(this);
    }

    private void Free()
    {
        Interlocked.Decrement(ref _taken);
        metrics.JobEnded();
    }

    internal sealed class Slot(JobSlots slots) : IDisposable
    {
        private JobSlots? _slots = slots;

        public void Dispose() => Interlocked.Exchange(ref _slots, null)?.Free();
    }
}
