namespace ApiPoc.Gateway.Concurrency;

/// <summary>Counts one back end's calls in progress in this process, as a function's reserved concurrency does: nobody queues.</summary>
internal sealed class ConcurrencyGate : IDisposable
{
    private int _inProgress;

    /// <summary>The most calls in progress; a change affects the next call.</summary>
    public int Limit { get; set; }

    /// <summary>How many are in progress.</summary>
    public int InProgress => Volatile.Read(ref _inProgress);

    /// <summary>Takes a place; each one taken is given back by one <see cref="Dispose"/>.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _inProgress) <= Limit)
            return true;
        Interlocked.Decrement(ref _inProgress);
        return false;
    }

    /// <summary>Gives one place back: the gate is its own lease, so that taking one costs no object.</summary>
    public void Dispose() => Interlocked.Decrement(ref _inProgress);
}
