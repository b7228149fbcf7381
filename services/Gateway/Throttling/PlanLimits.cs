using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Deployments;
using ApiPoc.Gateway.UsagePlans;

namespace ApiPoc.Gateway.Throttling;

/// <summary>The limits a usage plan puts on one of its keys.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Membership">The key's membership.</param>
/// <param name="Allowance">A quota changed by hand; null when there is none.</param>
/// <param name="Behaviour">Where quota periods begin, and what is named first.</param>
internal sealed record PlanLimits(UsagePlan Plan, UsagePlanKey Membership, QuotaAllowance? Allowance, BehaviourDefinition Behaviour)
{
    /// <summary>
    /// All limits of a call of <paramref name="method"/>, in AWS's order: the plan's for the method, the plan's, the method's, the stage's,
    /// the account's, and then the quota. AWS's documents give this order; where the quota stands in it is our choice.
    /// </summary>
    public PlanLimitRules For(DeployedMethod method, DateTimeOffset now)
    {
        var quota = Plan.Quota is { } declared ? QuotaLimit.Of(declared, this, now) : null;
        LimitRule?[] buckets =
        [
            OfMethod(method),
            OfPlan(),
            SharedLimits.OfMethod(method.Stage, method.SettingsKey),
            SharedLimits.OfStage(method.Stage),
            method.Stage.Account,
        ];
        var ordered = Behaviour.QuotaBeforeThrottles ? buckets.Prepend(quota?.Rule) : buckets.Append(quota?.Rule);
        return new PlanLimitRules(LimitRules.Of(ordered), quota?.ValidUntil ?? DateTimeOffset.MaxValue);
    }

    private LimitRule? OfPlan() => Plan.Throttle is { } throttle
        ? Shadowed(SharedLimits.Bucket(throttle, $"plan:{Plan.Id}:{Membership.KeyId}", $"plan {Plan.Id}")) : null;

    private LimitRule? OfMethod(DeployedMethod method)
    {
        var stage = Plan.ApiStages.Find(candidate => candidate.ApiId == method.Stage.ApiId && candidate.Stage == method.Stage.Name);
        if (stage?.Throttle.TryGetValue(method.SettingsKey, out var throttle) is not true)
            return null;
        string key = $"plan-method:{Plan.Id}:{Membership.KeyId}:{stage.ApiId}:{stage.Stage}:{method.SettingsKey}";
        return Shadowed(SharedLimits.Bucket(throttle, key, $"plan {Plan.Id} method {stage.ApiId}/{stage.Stage}{method.SettingsKey}"));
    }

    private LimitRule Shadowed(LimitRule rule) => rule with { IsShadow = rule.IsShadow || Plan.Shadow };
}

/// <summary>Limits that hold until a moment, after which they are to be made anew.</summary>
/// <param name="Rules">The limits.</param>
/// <param name="ValidUntil">The end of the quota's period; its allowance or offset ends with it.</param>
internal sealed record PlanLimitRules(LimitRules Rules, DateTimeOffset ValidUntil);
