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

    /// <summary>One per declared limit, in their order; or a single one that is learned.</summary>
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

    /// <summary>Calls accepted since the beginning.</summary>
    public long Answered { get; set; }

    /// <summary>The shortest time an accepted call took (µs): the API counts a call at least this long before its answer arrives.</summary>
    public long ShortestLatency { get; set; } = long.MaxValue;

    /// <summary>The usual time an accepted call takes (µs), smoothed by 1/8.</summary>
    public long Latency { get; set; } = 30_000;

    /// <summary>How much that time varies (µs): mean deviation, smoothed by 1/4, as TCP does (RFC 6298).</summary>
    public long LatencyDeviation { get; set; } = 10_000;

    /// <summary>
    /// Whether further calls wait for the next answer: some limit is still being learned, and lets only a few go meanwhile.
    /// </summary>
    [JsonIgnore]
    public bool IsHeldBack => Limits.Exists(limit => LimitPacer.IsHeldBack(limit, Latency));

    /// <summary>
    /// How long after its answer what a call taught may be reported (µs): not at all while further calls wait for it, for whoever waits for
    /// several answers waits for the slowest; half as long as a call takes while it is learned how the API counts; otherwise well within a
    /// period. A worker may wait so long, and an orchestrator as long again.
    /// </summary>
    [JsonIgnore]
    public long ReportWithin => IsHeldBack ? 0 : Limits.Exists(limit => !limit.IsSettled) ? Latency / 2 : Limits.Min(limit => limit.Period) / 8;

    /// <summary>How tenants share.</summary>
    public FairShare Shares { get; init; } = new();

    /// <summary>Declared limits as a text that differs where they do.</summary>
    public static string Declaration(IReadOnlyList<DeclaredLimit> declared) => string.Join(';', declared);

    /// <summary>What nothing is known of: one limit of unknown size and period.</summary>
    public static QuotaState Create(IReadOnlyList<DeclaredLimit> declared)
    {
        var state = new QuotaState { Declared = Declaration(declared) };
        foreach (var limit in declared)
        {
            var period = limit.Period.Ticks / TimeSpan.TicksPerMicrosecond;
            state.Limits.Add(new LimitState
            {
                Name = limit.Name,
                DeclaredSize = limit.Count,
                Size = limit.Count,
                Period = period,
                Shape = limit.Shape is LimitShape.TokenBucket ? LimitShape.SlidingLog : limit.Shape,
                Window = new WindowLog { Anchor = limit.Shape is LimitShape.AlignedWindow ? 0 : null },
            });
        }

        if (state.Limits.Count == 0)
            state.Limits.Add(new LimitState { Name = "learned", Size = 1, Period = LimitState.WholeSecond, Shape = LimitShape.Unknown, Search = new SearchState() });
        return state;
    }
}
