using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ApiPoc.Domain.Throttling;

/// <summary>What an <see cref="IAdmission"/> decided, and how fast. Looks (cost 0) are timed but not counted.</summary>
public sealed class ThrottlingMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "ApiPoc.Throttling";

    private const string LimitTag = "limit";
    private const string OutcomeTag = "outcome";

    private readonly Counter<long> _admitted;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _duration;

    /// <summary>Creates the meter's instruments.</summary>
    public ThrottlingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _admitted = meter.CreateCounter<long>("apipoc.throttling.admitted", "{request}", "Requests that every limit admitted.");
        _refused = meter.CreateCounter<long>("apipoc.throttling.refused", "{request}", "Requests refused, by the limit that refused.");
        _duration = meter.CreateHistogram<double>(
            "apipoc.throttling.decision.duration", "s", "How long decisions took, by outcome: admitted, refused, unavailable.");
    }

    internal void Decided(AdmissionDecision decision, int cost, TimeSpan took)
    {
        Took(took, decision.IsAdmitted ? "admitted" : "refused");
        if (cost == 0)
            return;
        if (decision.Refusal is { } refusal)
            _refused.Add(cost, new KeyValuePair<string, object?>(LimitTag, refusal.Limit.Name));
        else
            _admitted.Add(cost);
    }

    internal void WasUnavailable(TimeSpan took) => Took(took, "unavailable");

    private void Took(TimeSpan took, string outcome)
    {
        if (_duration.Enabled)
            _duration.Record(took.TotalSeconds, new TagList { { OutcomeTag, outcome } });
    }
}
