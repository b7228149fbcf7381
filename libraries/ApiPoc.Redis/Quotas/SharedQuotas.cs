using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;
using Microsoft.Extensions.Options;

namespace ApiPoc.Redis.Quotas;

/// <summary>Opens the shared quotas of configured APIs.</summary>
internal sealed class SharedQuotas(QuotaStore store, IOptions<ApisOptions> apis, ClosingAnnouncer closings)
{
    /// <summary>Opens one; once per process and API.</summary>
    /// <exception cref="KeyNotFoundException">No such API is configured.</exception>
    public SharedQuota Open(string apiId) =>
        apis.Value.TryGetValue(apiId, out var api) ? Open(apiId, api) : throw new KeyNotFoundException($"No API '{apiId}' is configured.");

    /// <summary>Opens one of an API that need not be configured.</summary>
    public SharedQuota Open(string apiId, ApiOptions api)
    {
        var rules = new QuotaRules([.. api.Limits.Select(limit => new ResourcePattern(limit.AppliesTo))], api.TenantWeights);
        return new SharedQuota(apiId, api, store, rules, closings);
    }
}
