using ApiPoc.Domain.Jobs;

namespace ApiPoc.Simulation.Jobs;

/// <summary>What happened to the jobs of a <see cref="JobWorld"/>, and whether it may have: I1, bounded attempts, no stale result.</summary>
public sealed class JobHistory(int maxAttempts)
{
    private readonly Dictionary<string, Fate> _fates = new(StringComparer.Ordinal);
    private readonly List<string> _events = [];
    private string? _violation;

    /// <summary>Everything in its order, one line for each event.</summary>
    public IReadOnlyList<string> Events => _events;

    /// <summary>Jobs whose result was recorded.</summary>
    public int Recorded => _fates.Values.Count(fate => fate.Recorded > 0);

    /// <summary>Jobs on the dead-letter queue.</summary>
    public int DeadLettered => _fates.Values.Count(fate => fate.IsDeadLettered);

    /// <summary>Jobs moved from the dead-letter queue back.</summary>
    public int Redriven { get; private set; }

    /// <summary>Results refused because a newer attempt had begun.</summary>
    public int StaleRefused { get; private set; }

    internal void Note(long now, string job, string what) => _events.Add($"{now,7} {job} {what}");

    internal void Accepted(string job) => _fates.TryAdd(job, new Fate());

    internal void Began(string job, long fence)
    {
        var fate = _fates[job];
        fate.Newest = fence;
        if (++fate.Counted > maxAttempts) Violate(job, "more attempts than allowed");
    }

    /// <summary>The attempt was throttled, so it does not count.</summary>
    internal void Excused(string job) => _fates[job].Counted--;

    internal void Completed(string job, long fence, Completion completion)
    {
        var fate = _fates[job];
        if (completion is Completion.Stale) StaleRefused++;
        if (completion is not Completion.Recorded) return;
        if (++fate.Recorded > 1) Violate(job, "effect recorded twice");
        if (fate.Newest != fence) Violate(job, "stale result recorded");
    }

    internal void DeadLetteredWith(string job, string reason)
    {
        _fates[job].IsDeadLettered = true;
        if (reason.Length == 0) Violate(job, "dead-lettered without a reason");
    }

    /// <summary>Somebody moves what was given up back to the queue, after all has come to rest.</summary>
    /// <returns>The jobs moved.</returns>
    internal IReadOnlyList<string> Redrive()
    {
        string[] moved = [.. _fates.Where(entry => entry.Value.IsDeadLettered).Select(entry => entry.Key)];
        foreach (string job in moved)
        {
            if (_fates[job].Recorded > 0) Violate(job, "both recorded and dead-lettered");
            (_fates[job].IsDeadLettered, _fates[job].Counted) = (false, 0);
        }

        Redriven += moved.Length;
        return moved;
    }

    /// <summary>The first broken invariant; null when all held. To be asked when nothing can happen any more.</summary>
    /// <param name="messagesLeft">Messages still on the queue.</param>
    public string? Judge(int messagesLeft)
    {
        foreach (var (job, fate) in _fates)
        {
            if (fate.Recorded == 0 && !fate.IsDeadLettered) Violate(job, messagesLeft > 0 ? "stuck" : "lost");
            if (fate.Recorded > 0 && fate.IsDeadLettered) Violate(job, "both recorded and dead-lettered");
        }

        if (messagesLeft > 0) Violate("queue", "messages never end");
        return _violation;
    }

    private void Violate(string job, string what) => _violation ??= $"{what}: {job}";

    private sealed class Fate
    {
        public long Newest { get; set; }

        public int Counted { get; set; }

        public int Recorded { get; set; }

        public bool IsDeadLettered { get; set; }
    }
}
