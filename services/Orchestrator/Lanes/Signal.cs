namespace ApiPoc.Orchestrator.Lanes;

/// <summary>Wakes one waiting loop. Set while nobody waits, it ends the next wait at once; set many times, it does so once.</summary>
internal sealed class Signal(TimeProvider clock)
{
    private TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set() => Volatile.Read(ref _set).TrySetResult();

    /// <summary>Waits until it is set, or <paramref name="other"/> completes, but not longer than <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, Func<CancellationToken, Task>? other, CancellationToken cancellationToken)
    {
        var set = Volatile.Read(ref _set);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> ends = [set.Task, Task.Delay(atMost, clock, waiting.Token)];
        if (other is not null)
            ends.Add(other(waiting.Token));
        await Task.WhenAny(ends);
        await waiting.CancelAsync();

        if (set.Task.IsCompleted)
            Interlocked.CompareExchange(ref _set, new(TaskCreationOptions.RunContinuationsAsynchronously), set);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
