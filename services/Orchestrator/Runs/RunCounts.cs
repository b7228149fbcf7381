namespace ApiPoc.Orchestrator.Runs;

/// <summary>What this process brought to an end since its run started.</summary>
internal sealed class RunCounts
{
    private long _completed;
    private long _deadLettered;

    public long Completed => Interlocked.Read(ref _completed);

    public long DeadLettered => Interlocked.Read(ref _deadLettered);

    public void JobCompleted() => Interlocked.Increment(ref _completed);

    public void JobDeadLettered() => Interlocked.Increment(ref _deadLettered);

    public void Reset()
    {
        Interlocked.Exchange(ref _completed, 0);
        Interlocked.Exchange(ref _deadLettered, 0);
    }
}
