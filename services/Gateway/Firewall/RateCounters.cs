using System.Collections.Concurrent;

namespace ApiPoc.Gateway.Firewall;

/// <summary>The counters by rule. They outlive deployments.</summary>
internal sealed class RateCounters
{
    private readonly ConcurrentDictionary<string, RateCounter> _counters = new(StringComparer.Ordinal);

    /// <summary>The counter of the rule called <paramref name="name"/>.</summary>
    public RateCounter Of(string name) => _counters.GetOrAdd(name, _ => new RateCounter());
}
