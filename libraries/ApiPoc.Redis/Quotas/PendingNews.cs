using System.Diagnostics;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Redis.Quotas;

/// <summary>
/// What one process is still to tell of an API's quota: reports, each until it is due, and returned permits. Safe for use by several threads.
/// </summary>
internal sealed class PendingNews
{
    private readonly Lock _lock = new();
    private readonly List<PendingReport> _reports = [];
    private readonly List<long> _returns = [];
    private long _whenMoreCome;
    private long _whenLast;
    private int _awaited;
    private bool _isHeldBack;

    /// <summary>Whether further calls wait for reports.</summary>
    public bool IsHeldBack
    {
        get
        {
            lock (_lock) return _isHeldBack;
        }
    }

    /// <summary>Keeps a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="now">Now (µs, the store's time).</param>
    /// <param name="atMost">The longest it may be kept (µs).</param>
    /// <returns>How long it may be kept (µs).</returns>
    public long Add(QuotaReport report, long now, long atMost)
    {
        lock (_lock)
        {
            var within = Math.Min(atMost, --_awaited <= 0 ? _whenLast : _whenMoreCome);
            _reports.Add(new(report, now + within, Activity.Current?.Context ?? default));
            return within;
        }
    }

    /// <summary>Keeps returned permits.</summary>
    public void Add(IEnumerable<long> returns)
    {
        lock (_lock) _returns.AddRange(returns);
    }

    /// <summary>Whether anything is to be told now: a report that is due, or places that others could use.</summary>
    public bool IsDue(long now)
    {
        lock (_lock) return _returns.Count > 0 || _reports.Exists(pending => pending.DueAt <= now);
    }

    /// <summary>Everything that is to be told.</summary>
    public PendingNewsView Look()
    {
        lock (_lock) return new([.. _reports], [.. _returns]);
    }

    /// <summary>What was seen is written.</summary>
    public void Told(PendingNewsView view)
    {
        lock (_lock)
        {
            _reports.RemoveRange(0, view.Reports.Count);
            _returns.RemoveRange(0, view.Returns.Count);
        }
    }

    /// <summary>By a state to which what was seen has been applied it is known how long the next reports may be kept.</summary>
    public void Follow(QuotaState state, PendingNewsView seen)
    {
        lock (_lock)
        {
            (_whenMoreCome, _whenLast) = (state.ReportWithin(isLast: false), state.ReportWithin(isLast: true));
            _awaited = state.Outstanding.Count - (_reports.Count - seen.Reports.Count);
            _isHeldBack = state.IsHeldBack;
        }
    }
}

/// <summary>What was to be told at one moment.</summary>
internal sealed record PendingNewsView(IReadOnlyList<PendingReport> Reports, IReadOnlyList<long> Returns)
{
    /// <summary>Nothing.</summary>
    public static PendingNewsView Empty { get; } = new([], []);

    public bool IsEmpty => Reports.Count + Returns.Count == 0;
}
