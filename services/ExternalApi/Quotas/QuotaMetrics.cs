using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ApiPoc.ExternalApi.Quotas;

/// <summary>What is left of the quotas and what they refused, by level and window; not by API key, of which there may be many.</summary>
internal sealed class QuotaMetrics
{
    public const string MeterName = "ApiPoc.Quotas";

    private readonly Gauge<long> _remaining;
    private readonly Counter<long> _refused;

    public QuotaMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _remaining = meter.CreateGauge<long>("apipoc.quota.remaining", "{request}", "Calls left to the last caller.");
        _refused = meter.CreateCounter<long>("apipoc.quota.refused", "{request}", "Calls refused, by the quota that refused.");
    }

    public void Decided(QuotaOutcome outcome)
    {
        foreach (var quota in outcome.Quotas)
            _remaining.Record(quota.Status.Remaining, Tags(quota));
        if (outcome.Refusal is { } refusal)
            _refused.Add(1, Tags(refusal));
    }

    private static TagList Tags(QuotaStatus quota) => new() { { "level", quota.Level }, { "window", quota.Window.Label } };
}
