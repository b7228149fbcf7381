using System.Text.Json.Serialization;

namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>
/// Everything the processes that call one API share about its quota. Changed only through <see cref="QuotaRules"/>, and
/// stored by compare-and-set on <see cref="Version"/>.
/// </summary>
public sealed class QuotaState
{
    /// <summary>Grows with every change.</summary>
    public long Version { get; set; }

    /// <summary>What it was begun with; see <see cref="Declaration"/>.</summary>
    public string Declared { get; init; } = "";

    /// <summary>One per declared limit, in their order; where they are tenants' own alone, or none, one more that is learned.</summary>
    public List<LimitState> Limits { get; init; } = [];

    /// <summary>Granted permits without a report, by id.</summary>
    public SortedDictionary<long, OutstandingPermit> Outstanding { get; init; } = [];

    /// <summary>The last permit's id.</summary>
    public long LastPermit { get; set; }

    /// <summary>Nothing is sent before this moment (µs).</summary>
    public long ClosedUntil { get; set; }

    /// <summary>Why nothing is sent.</summary>
    public string ClosedBy { get; set; } = "";

    /// <summary>The closing that began with a 429 and is not yet known to be over; null when none is.</summary>
    public QuotaClosing? Closing { get; set; }

    /// <summary>Tenants of which nothing is sent before a moment: a call was refused for a limit of their own.</summary>
    public Dictionary<string, TenantClosing> ClosedTenants { get; init; } = [];

    /// <summary>When the newest of the calls that were answered was sent (µs): whoever was to call long before has gone.</summary>
    public long HeardOf { get; set; }

    /// <summary>Calls accepted since the beginning.</summary>
    public long Answered { get; set; }

    /// <summary>The shortest time an accepted call took (µs): the API counts a call at least this long before its answer arrives.</summary>
    public long ShortestLatency { get; set; } = long.MaxValue;

    /// <summary>The usual time an accepted call takes (µs), smoothed by 1/8.</summary>
    public long Latency { get; set; } = 30_000;

    /// <summary>How much that time varies (µs): mean deviation, smoothed by 1/4, as TCP does (RFC 6298).</summary>
    public long LatencyDeviation { get; set; } = 10_000;

    /// <summary>
    /// Whether further calls wait for the next answer: some limit is still being learned, and lets only a few go meanwhile. One that nobody
    /// uses, as that of an idle tenant, teaches nothing.
    /// </summary>
    [JsonIgnore]
    public bool IsHeldBack => InUse.Any(limit => LimitPacer.IsHeldBack(limit, Latency));

    /// <summary>
    /// How long after its answer what a call taught may be reported (µs). While further calls wait for it, as long as other answers are likely
    /// to come: a quarter of what a call takes, all of it where other clients are on the quota and windows are long enough, and not at all when none is
    /// awaited, or in a search, which takes its times for bounds. As long as a call takes while it is learned how the API counts; otherwise well
    /// within a period.
    /// </summary>
    /// <param name="isLast">Whether no other answer is awaited.</param>
    public long ReportWithin(bool isLast)
    {
        if (IsHeldBack) return isLast || InUse.Any(limit => limit.Search is not null) ? 0 : Patience;
        return InUse.Any(limit => !limit.IsSettled) ? Latency : InUse.DefaultIfEmpty(Limits[0]).Min(limit => limit.Period) / 5;
    }

    // What others leave is used up in a few rounds of calls, for which a window has time.
    private long Patience => InUse.All(limit => limit.IsShared) ? Math.Clamp(InUse.Min(limit => limit.Period) / 20, Latency / 4, Latency) : Latency / 4;

    /// <summary>How tenants share.</summary>
    public FairShare Shares { get; init; } = new();

    /// <summary>Nothing of a tenant's is sent before a moment (µs), and why; and whether others' may be.</summary>
    public (long Until, string By, bool IsTenantsOwn) ClosingOf(string tenant) =>
        ClosedTenants.TryGetValue(tenant, out var own) && own.Until > ClosedUntil ? (own.Until, own.By, true) : (ClosedUntil, ClosedBy, false);

    /// <summary>Closes the API after a 429, to one tenant alone or, where it is null, to all.</summary>
    /// <returns>Until when it is closed to it now.</returns>
    public KeyClosing Close(string? tenant, string limit, long answeredAt, long until)
    {
        if (tenant is not null)
        {
            ClosedTenants[tenant] = new TenantClosing(Math.Max(ClosedTenants.GetValueOrDefault(tenant).Until, until), QuotaClosing.ReasonOf(limit));
            return new KeyClosing(tenant, ClosedTenants[tenant].Until);
        }

        Closing = QuotaClosing.Refused(this, limit, answeredAt, until);
        (ClosedUntil, ClosedBy) = (Math.Max(ClosedUntil, until), QuotaClosing.ReasonOf(limit));
        return new KeyClosing(null, ClosedUntil);
    }

    /// <summary>Declared limits as a text that differs where they do.</summary>
    public static string Declaration(IReadOnlyList<DeclaredLimit> declared) => string.Join(';', declared);

    /// <summary>How many limits there are where these are declared.</summary>
    public static int CountOf(IReadOnlyList<DeclaredLimit> declared) => declared.Count + (IsLearned(declared) ? 1 : 0);

    /// <summary>What is declared, and where that leaves a tenant without any limit, one of unknown size and period for everybody.</summary>
    public static QuotaState Create(IReadOnlyList<DeclaredLimit> declared)
    {
        var state = new QuotaState { Declared = Declaration(declared) };
        foreach (var limit in declared)
        {
            var period = limit.Period.Ticks / TimeSpan.TicksPerMicrosecond;
            state.Limits.Add(new LimitState
            {
                Name = limit.Name,
                Tenant = limit.Tenant,
                DeclaredSize = limit.Count,
                Size = limit.Count,
                Period = period,
                Shape = limit.Shape is LimitShape.TokenBucket ? LimitShape.SlidingLog : limit.Shape,
                Window = new WindowLog { Anchor = limit.Shape is LimitShape.AlignedWindow ? 0 : null },
            });
        }

        if (IsLearned(declared))
            state.Limits.Add(new LimitState { Name = "learned", Size = 1, Period = LimitState.WholeSecond, Shape = LimitShape.Unknown, Search = new SearchState() });
        return state;
    }

    private IEnumerable<LimitState> InUse => Limits.Where(limit => limit.Log.InFlight > 0);

    private static bool IsLearned(IEnumerable<DeclaredLimit> declared) => declared.All(limit => limit.Tenant is not null);
}
