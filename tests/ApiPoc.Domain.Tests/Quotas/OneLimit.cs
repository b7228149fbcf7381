using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>A quota declared as 50 a second, at a moment (µs) that the test moves on.</summary>
internal sealed class OneLimit(long now, LimitShape shape = LimitShape.Unknown)
{
    /// <summary>How long an accepted call takes (µs).</summary>
    public const long Latency = 30_000;

    private readonly QuotaRules _rules = new([new ResourcePattern("**")], new Dictionary<string, double>(StringComparer.Ordinal));
    private readonly QuotaState _state = QuotaState.Create([new DeclaredLimit { Name = "api", Count = 50, Period = TimeSpan.FromSeconds(1), Shape = shape }]);

    public long Now { get; set; } = now;

    public long Size => _state.Limits[0].Size;

    public List<QuotaGrant> Ask(int count) =>
        [.. _rules.Ask(_state, [.. Enumerable.Range(0, count).Select(number => new PermitRequest($"{number}", "items", ""))], Now).Grants];

    public void Accept(QuotaGrant grant, long sentAt, QuotaHeaders headers) =>
        QuotaRules.Report(_state, new QuotaReport(grant.PermitId, sentAt, sentAt + Latency, 200, headers));

    /// <returns>Until when that closed the API (µs).</returns>
    public long? Refuse(QuotaGrant grant, long sentAt) =>
        QuotaRules.Report(_state, new QuotaReport(grant.PermitId, sentAt, sentAt + 2_000, 429, QuotaHeaders.None))?.Until;

    /// <summary>A permit is not used.</summary>
    public void Return(QuotaGrant grant) => QuotaRules.Return(_state, grant.PermitId);

    /// <summary>Moves on to the answers of these calls.</summary>
    public void Await(IReadOnlyList<QuotaGrant> grants) =>
        Now = Math.Max(Now, grants.Select(grant => grant.Moment).DefaultIfEmpty(Now).Max()) + Latency;
}
