using System.Collections.Concurrent;
using ApiPoc.Gateway.Deployments;
using ApiPoc.Gateway.Throttling;
using ApiPoc.Gateway.UsagePlans;

namespace ApiPoc.Gateway.ApiKeys;

/// <summary>What a key opens at one stage: the plan that lets it in, and that plan's limits. Made anew after every change of the registry.</summary>
/// <param name="Key">The key.</param>
/// <param name="Plan">The plan with this stage.</param>
/// <param name="Limits">The plan's limits for this key.</param>
internal sealed record KeyAccess(ApiKey Key, UsagePlan Plan, PlanLimits Limits)
{
    private readonly ConcurrentDictionary<DeployedMethod, PlanLimitRules> _rules = new(ReferenceEqualityComparer.Instance);

    /// <summary>Every limit a call of <paramref name="method"/> passes at <paramref name="now"/>.</summary>
    public LimitRules RulesFor(DeployedMethod method, DateTimeOffset now)
    {
        if (_rules.TryGetValue(method, out var rules) && now < rules.ValidUntil)
            return rules.Rules;
        rules = Limits.For(method, now);
        _rules[method] = rules;
        return rules.Rules;
    }
}
