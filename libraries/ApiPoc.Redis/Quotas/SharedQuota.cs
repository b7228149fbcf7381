using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Redis.Quotas;

/// <summary>
/// One API's quota as this process sees it: a copy of the shared state, and what is still to be told. Every change is made on the
/// copy and written by compare-and-set; who loses starts over on the winner's state.
/// </summary>
internal sealed class SharedQuota(
    string apiId, ApiOptions api, QuotaStore store, QuotaRules rules, ClosingAnnouncer closings) : IDisposable
{
    private const int Tries = 16;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly PendingNews _pending = new();
    private readonly List<(ClosingChange Change, PendingReport Told)> _unannounced = [];
    private QuotaState? _state; // as it was written, and what need not be told yet applied to it
    private Refusal? _refusal;
    private long _newestVersion;
    private bool _hasRead;
    private QuotaState? _known; // to go on with where the store has lost its data

    /// <summary>Whether further calls wait for reports.</summary>
    public bool IsHeldBack => _pending.IsHeldBack;

    /// <summary>Somebody wrote a version.</summary>
    public void Noticed(long version) => InterlockedMax(ref _newestVersion, version);

    /// <summary>Keeps a report until it is due.</summary>
    /// <returns>How long that is.</returns>
    public TimeSpan Add(QuotaReport report, TimeSpan atMost) =>
        TimeSpan.FromMicroseconds(_pending.Add(report, store.Clock.Now, (long)atMost.TotalMicroseconds));

    /// <summary>Keeps a return until the next write.</summary>
    public void Add(IEnumerable<long> returns) => _pending.Add(returns);

    /// <summary>
    /// Asks for permits and tells what is to be told, in one round trip; in none when nothing is granted and nothing due, or when the same was
    /// asked before, in vain until a moment that is still to come: then what is to be told gathers. An ask for nothing tells everything.
    /// </summary>
    public async Task<QuotaAnswer> AskAsync(IReadOnlyList<PermitRequest> requests, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_refusal is { } refusal && refusal.Holds(requests, store.Clock.Now) && !IsOutdated(refusal.Version) && !_pending.IsDue(store.Clock.Now))
                return refusal.AnswerTo(requests);
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                var state = _state ?? await ReadAsync(cancellationToken);
                // Should anything go wrong the copy is worth nothing: it holds changes nobody else has.
                _state = null;
                _known = state;
                var pending = _pending.Look();
                Apply(state, pending);
                var answer = requests.Count == 0 ? QuotaAnswer.Nothing : rules.Ask(state, requests, store.Clock.Now);
                if (answer.Grants.Count == 0 && (pending.IsEmpty || (requests.Count > 0 && !_pending.IsDue(store.Clock.Now))))
                {
                    if (IsOutdated(state.Version) && requests.Count > 0) continue;
                    Keep(state, pending);
                }
                else
                {
                    if (!await TryWriteAsync(state, pending, answer, cancellationToken)) continue;
                    foreach (var (change, told) in _unannounced) closings.Announce(apiId, change, told.Report.AnsweredAt, told.Cause);
                    _unannounced.Clear();
                }

                _refusal = answer.Grants.Count < requests.Count ? Refusal.Of(requests, answer, state.Version) : null;
                return answer;
            }

            throw new QuotaUnavailableException($"The quota of {apiId} is being changed by others faster than this process can follow.");
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Learns from what is to be told; what the state knows already changes nothing.</summary>
    private void Apply(QuotaState state, PendingNewsView news)
    {
        foreach (var pending in news.Reports)
        {
            var before = state.Closing;
            QuotaRules.Report(state, pending.Report);
            _unannounced.AddRange(QuotaClosing.Follow(before, state, ClosingAnnouncer.ToldFrom(api)).Select(change => (change, pending)));
        }

        foreach (var permit in news.Returns) QuotaRules.Return(state, permit);
    }

    private bool IsOutdated(long version) => Interlocked.Read(ref _newestVersion) > version;

    private async Task<QuotaState> ReadAsync(CancellationToken cancellationToken)
    {
        _unannounced.Clear();
        var newest = Interlocked.Read(ref _newestVersion);
        var state = await store.ReadAsync(apiId, cancellationToken);
        Believe(state?.Version ?? 0, newest);
        return state is null ? GoOn() : IsOurs(state) ? state : Fresh(state.Version);
    }

    /// <summary>
    /// Whether it was begun with what is declared here. Only at first: of processes with different settings the one that starts last is
    /// believed, and they do not undo each other's state for ever.
    /// </summary>
    private bool IsOurs(QuotaState state)
    {
        var isFirst = !_hasRead;
        _hasRead = true;
        return state.Limits.Count == QuotaState.CountOf(api.Limits) && (!isFirst || state.Declared == QuotaState.Declaration(api.Limits));
    }

    /// <summary>Versions only grow, so one that is older than those told of before it was read stands in a store that has lost its data.</summary>
    private void Believe(long standing, long newest)
    {
        if (standing < newest) Interlocked.CompareExchange(ref _newestVersion, standing, newest);
    }

    /// <summary>Where there is no state: what this process last knew of it, without what others have changed since; else a new one.</summary>
    private QuotaState GoOn()
    {
        _hasRead = true;
        if (_known is not { } known) return Fresh(0);
        known.Version = 0;
        known.LastPermit = Math.Max(known.LastPermit, store.Clock.Now);
        return known;
    }

    private QuotaState Fresh(long version)
    {
        var fresh = QuotaState.Create(api.Limits);
        fresh.Version = version;
        // Not from one: a permit granted before the store lost its data would be taken for a newer one.
        fresh.LastPermit = store.Clock.Now;
        return fresh;
    }

    private async Task<bool> TryWriteAsync(QuotaState state, PendingNewsView pending, QuotaAnswer answer, CancellationToken cancellationToken)
    {
        state.Version++;
        var newest = Interlocked.Read(ref _newestVersion);
        var isWritten = false;
        QuotaState? standing = null;
        try
        {
            (isWritten, standing) = await store.SwapAsync(apiId, state, cancellationToken);
        }
        finally
        {
            // Nobody gets these permits, should this copy be gone on with.
            foreach (var grant in isWritten ? [] : answer.Grants) QuotaRules.Return(state, grant.PermitId);
        }

        if (isWritten)
        {
            _pending.Told(pending);
            Noticed(state.Version);
            Keep(state, PendingNewsView.Empty);
            return true;
        }

        Believe(standing?.Version ?? 0, newest);
        _unannounced.Clear();
        _state = standing ?? GoOn();
        Noticed(_state.Version);
        return false;
    }

    private void Keep(QuotaState state, PendingNewsView told)
    {
        _state = state;
        _pending.Follow(state, told);
    }

    /// <summary>That resources were asked for in vain, each for a tenant.</summary>
    private sealed record Refusal(Dictionary<(string Resource, string Tenant), QuotaWait> Waits, long AskAgainAt, long Version)
    {
        public static Refusal Of(IReadOnlyList<PermitRequest> requests, QuotaAnswer answer, long version)
        {
            var waits = new Dictionary<(string, string), QuotaWait>();
            foreach (var wait in answer.Waits) waits[KeyOf(requests[wait.Request])] = wait;
            return new(waits, answer.AskAgainAt, version);
        }

        public bool Holds(IReadOnlyList<PermitRequest> requests, long now) =>
            requests.Count > 0 && now < AskAgainAt && requests.All(request => Waits.ContainsKey(KeyOf(request)));

        public QuotaAnswer AnswerTo(IReadOnlyList<PermitRequest> requests) =>
            new([], [.. requests.Select((request, index) => Waits[KeyOf(request)] with { Request = index })], AskAgainAt);

        private static (string, string) KeyOf(PermitRequest request) => (request.Resource, request.Tenant);
    }

    private static void InterlockedMax(ref long target, long value)
    {
        for (var seen = Interlocked.Read(ref target); seen < value;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
