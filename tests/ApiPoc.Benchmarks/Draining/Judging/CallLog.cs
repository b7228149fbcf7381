namespace ApiPoc.Benchmarks.Draining.Judging;

/// <summary>Every call the referee got, in order of arrival. Safe for use by several threads.</summary>
internal sealed class CallLog(int jobs)
{
    private readonly Lock _gate = new();
    private readonly List<Call> _calls = [];
    private readonly Dictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _accepted = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a call of each job was accepted and answered.</summary>
    public Task Drained => _drained.Task;

    /// <summary>Jobs of which a call was accepted and answered.</summary>
    public int Done
    {
        get
        {
            lock (_gate) return _accepted.Count;
        }
    }

    /// <summary>When the first call arrived; null before.</summary>
    public long? FirstAt
    {
        get
        {
            lock (_gate) return _calls.Count > 0 ? _calls[0].At : null;
        }
    }

    /// <summary>The calls so far.</summary>
    public IReadOnlyList<Call> Snapshot()
    {
        lock (_gate) return [.. _calls];
    }

    /// <summary>Notes a call that arrived, and what was decided.</summary>
    /// <returns>Its place, for <see cref="Answered"/>.</returns>
    public int Arrived(string job, string caller, long at, bool isAccepted)
    {
        lock (_gate)
        {
            int attempt = _attempts[job] = _attempts.GetValueOrDefault(job) + 1;
            _calls.Add(new Call(job, attempt, caller, at, null, isAccepted));
            return _calls.Count - 1;
        }
    }

    /// <summary>Notes that a call was answered.</summary>
    public void Answered(int place, long at)
    {
        lock (_gate)
        {
            var call = _calls[place] = _calls[place] with { AnsweredAt = at };
            if (call.IsAccepted && _accepted.Add(call.Job) && _accepted.Count == jobs)
                _drained.TrySetResult();
        }
    }
}

/// <summary>One call; times in µs of the referee's clock.</summary>
/// <param name="Job">The job it was made for.</param>
/// <param name="Attempt">The how-manieth call for the job.</param>
/// <param name="Caller">Who made it, by API key.</param>
/// <param name="At">When it arrived.</param>
/// <param name="AnsweredAt">When its answer had been written; null while it has not.</param>
/// <param name="IsAccepted">The verdict.</param>
internal sealed record Call(string Job, int Attempt, string Caller, long At, long? AnsweredAt, bool IsAccepted);
