using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ApiPoc.Gateway.Firewall;

/// <summary>What the firewall's rules do.</summary>
internal sealed class FirewallMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "ApiPoc.Gateway.Firewall";

    private readonly Counter<long> _blocked;

    /// <summary>Creates the instruments.</summary>
    public FirewallMetrics(IMeterFactory meters) =>
        _blocked = meters.Create(MeterName).CreateCounter<long>("apipoc.gateway.firewall.blocked", "{request}", "Requests over a rule's rate, by what was done: block or count.");

    /// <summary>A request was over the rate of <paramref name="rule"/>.</summary>
    public void Blocked(RateRule rule) =>
        _blocked.Add(1, new TagList { { "rule", rule.Name }, { "action", rule.Definition.Shadow ? "count" : "block" } });
}
