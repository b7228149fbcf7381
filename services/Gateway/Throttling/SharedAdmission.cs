using ApiPoc.Domain.Throttling;

namespace ApiPoc.Gateway.Throttling;

/// <summary>The limits all gateways share, asked in two ways that never admit more than they give.</summary>
/// <param name="exact">Asks Redis for each request: says exactly what is left.</param>
/// <param name="leasing">Asks Redis less often.</param>
/// <param name="metrics">Measures both alike.</param>
/// <param name="clock">For measuring.</param>
internal sealed class SharedAdmission(IAdmission exact, LeasingAdmission leasing, ThrottlingMetrics metrics, TimeProvider clock)
{
    /// <summary>One round trip per request.</summary>
    public IAdmission Exact { get; } = exact;

    /// <summary>Far from the limits one round trip for many requests.</summary>
    public IAdmission Leased { get; } = new MeteredAdmission(leasing, metrics, clock);
}
