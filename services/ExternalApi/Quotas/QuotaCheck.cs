using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Throttling;
using ApiPoc.ExternalApi.Admin;

namespace ApiPoc.ExternalApi.Quotas;

/// <summary>Asks admission for a call's whole set of quotas: all are charged or none is.</summary>
internal sealed class QuotaCheck(IAdmission admission, LiveSwitch<QuotaOptions> quotas, QuotaMetrics metrics)
{
    /// <summary>Charges the level of <paramref name="path"/> and each of its parents.</summary>
    public async Task<QuotaOutcome> ChargeAsync(ResourcePath path, string apiKey, CancellationToken cancellationToken)
    {
        var outcome = await AskAsync(quotas.Current.PolicyOf(apiKey).LimitsFor(path, apiKey), 1, cancellationToken);
        metrics.Decided(outcome);
        return outcome;
    }

    /// <summary>Looks at all quotas of a key without charging.</summary>
    public Task<QuotaOutcome> LookAsync(string apiKey, CancellationToken cancellationToken) =>
        AskAsync(quotas.Current.PolicyOf(apiKey).LimitsFor(apiKey), 0, cancellationToken);

    private async Task<QuotaOutcome> AskAsync(IReadOnlyList<QuotaLimit> limits, int cost, CancellationToken cancellationToken)
    {
        var decision = await admission.AdmitAsync([.. limits.Select(limit => limit.Limit)], cost, cancellationToken);
        QuotaStatus[] statuses = [.. limits.Zip(decision.Limits, (limit, status) => new QuotaStatus(limit.Level, limit.Window, status))];
        return new QuotaOutcome(decision, statuses, quotas.Current.HeaderMode);
    }
}

/// <summary>What became of a call's quotas.</summary>
/// <param name="Decision">The decision over all of them.</param>
/// <param name="Quotas">Each of them, the addressed level's first.</param>
/// <param name="HeaderMode">How to tell the caller.</param>
internal sealed record QuotaOutcome(AdmissionDecision Decision, IReadOnlyList<QuotaStatus> Quotas, string HeaderMode)
{
    /// <summary>The addressed level's limit; null when nothing limits it.</summary>
    public long? AddressedQuota => Quotas.Count == 0 ? null : Quotas[0].Window.Count;

    /// <summary>The first that refused; null when admitted.</summary>
    public QuotaStatus? Refusal => Quotas.FirstOrDefault(quota => quota.Status.IsRefusing);
}

/// <summary>One window of one level after a decision.</summary>
internal sealed record QuotaStatus(string Level, QuotaWindow Window, LimitStatus Status);
