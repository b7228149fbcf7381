using ApiPoc.Domain.Throttling;
using Microsoft.Extensions.Options;

namespace ApiPoc.Gateway.Throttling;

/// <summary>
/// Decides for this process alone while Redis is away: each bucket is this process's share of the limit, so that all processes together
/// admit no more than it. Quotas are left out, for one process cannot know what others have counted.
/// </summary>
internal sealed class LocalAdmission(TimeProvider clock, IOptions<GatewayOptions> options)
{
    private readonly InMemoryAdmission _admission = new(clock);
    private readonly int _instances = options.Value.Instances;

    /// <summary>Asks for this process's share of <paramref name="limits"/>.</summary>
    public ValueTask<AdmissionDecision> AdmitAsync(IReadOnlyList<Limit> limits, CancellationToken cancellationToken) =>
        _admission.AdmitAsync([.. limits.OfType<TokenBucketLimit>().Select(Share)], cost: 1, cancellationToken);

    private TokenBucketLimit Share(TokenBucketLimit limit) =>
        limit with { Rate = limit.Rate / _instances, Burst = Math.Max(1, limit.Burst / _instances) };
}
