using ApiPoc.Domain.Quotas;
using Microsoft.Extensions.Options;

namespace ApiPoc.ExternalApi.Quotas;

/// <summary>The policies in force: as configured, or as last switched.</summary>
internal sealed class QuotaSwitch(IOptionsMonitor<QuotaOptions> configured)
{
    private volatile QuotaOptions? _switched;

    /// <summary>What is in force; not to be changed in place.</summary>
    public QuotaOptions Current => _switched ?? configured.CurrentValue;

    /// <summary>Puts other, valid options in force; null puts the configured ones.</summary>
    public void Set(QuotaOptions? options) => _switched = options;

    /// <summary>The policy of an API key.</summary>
    public QuotaPolicy PolicyOf(string apiKey)
    {
        var current = Current;
        string name = current.Keys.GetValueOrDefault(apiKey, current.Policy);
        return current.Policies.TryGetValue(name, out var policy)
            ? policy.ToPolicy(name)
            : QuotaPolicy.Named.Single(named => named.Name == name);
    }
}
