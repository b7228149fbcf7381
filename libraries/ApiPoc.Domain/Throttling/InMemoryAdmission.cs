namespace ApiPoc.Domain.Throttling;

/// <summary>
/// Keeps every limit in this process's memory, for tests and for programs that run as one process. It decides exactly as
/// the Redis adapter does; states that no longer matter are forgotten, so memory follows the keys in use.
/// </summary>
/// <param name="clock">The clock of every decision.</param>
public sealed class InMemoryAdmission(TimeProvider clock) : IAdmission, IAdmissionReturns
{
    private const int SmallestSweep = 1024;
    private readonly Lock _gate = new();
    private readonly Dictionary<(Type, string), Entry> _entries = [];
    private int _sweepAbove = SmallestSweep;

    /// <summary>How many limits are in memory.</summary>
    internal int Count
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    /// <inheritdoc/>
    public ValueTask<AdmissionDecision> AdmitAsync(
        IReadOnlyList<Limit> limits, int cost = 1, CancellationToken cancellationToken = default)
    {
        LimitSet.Validate(limits, cost);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return ValueTask.FromResult(Decide_NeedsLock(limits, cost));
    }

    /// <inheritdoc/>
    public ValueTask ReturnAsync(AdmissionDecision charged, int cost, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, 1);
        lock (_gate)
        {
            long now = Microseconds(clock.GetUtcNow());
            foreach (var status in charged.Limits)
            {
                var view = LimitView.Open(status.Limit, Recall_NeedsLock(status.Limit, now), now);
                view.Return(cost, Microseconds(charged.At));
                _entries[Id(status.Limit)] = new Entry(view.State, ForgetAfter(now, view.MattersFor));
            }
        }
        return ValueTask.CompletedTask;
    }

    private AdmissionDecision Decide_NeedsLock(IReadOnlyList<Limit> limits, int cost)
    {
        long now = Microseconds(clock.GetUtcNow());
        int asked = Math.Max(1, cost);
        var views = limits.Select(limit => LimitView.Open(limit, Recall_NeedsLock(limit, now), now)).ToArray();
        bool[] refusing = Array.ConvertAll(views, view => !view.Admits(asked));
        bool isAdmitted = !refusing.Contains(true);
        if (isAdmitted && cost > 0)
        {
            for (int i = 0; i < views.Length; i++)
            {
                views[i].Charge(cost);
                _entries[Id(limits[i])] = new Entry(views[i].State, ForgetAfter(now, views[i].MattersFor));
            }
            Sweep_NeedsLock(now);
        }

        var statuses = limits.Select((limit, i) => new LimitStatus(
            limit, refusing[i], views[i].Remaining, RetryAfter(limit, views[i], refusing[i], asked), Span(views[i].ResetAfter)));
        return new AdmissionDecision(isAdmitted, DateTimeOffset.UnixEpoch + Span(now), [.. statuses]);
    }

    private static TimeSpan RetryAfter(Limit limit, LimitView view, bool isRefusing, int asked) =>
        !isRefusing ? TimeSpan.Zero
        : asked > limit.Capacity ? TimeSpan.MaxValue
        : Span(view.WaitFor(asked));

    private LimitState? Recall_NeedsLock(Limit limit, long now)
    {
        if (!_entries.TryGetValue(Id(limit), out var entry))
            return null;
        if (!entry.IsForgottenAt(now))
            return entry.State;
        _entries.Remove(Id(limit));
        return null;
    }

    private void Sweep_NeedsLock(long now)
    {
        if (_entries.Count <= _sweepAbove)
            return;
        foreach (var (id, entry) in _entries)
        {
            if (entry.IsForgottenAt(now))
                _entries.Remove(id);
        }
        // Sweeping again only after as many new keys as were left makes its cost per key constant.
        _sweepAbove = Math.Max(SmallestSweep, 2 * _entries.Count);
    }

    // In whole milliseconds, as Redis expires keys.
    private static long ForgetAfter(long now, double mattersFor) => now / 1000 + (long)Math.Floor(mattersFor / 1000) + 1;

    private static (Type, string) Id(Limit limit) => (limit.GetType(), limit.Key);

    private static long Microseconds(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static TimeSpan Span(long microseconds) => TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    private readonly record struct Entry(LimitState State, long ForgetAfterMilliseconds)
    {
        public bool IsForgottenAt(long now) => now / 1000 > ForgetAfterMilliseconds;
    }
}
