using ApiPoc.Gateway.Control.Patching;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.UsagePlans;

namespace ApiPoc.Gateway.Control.UsagePlans;

/// <summary>Holds plans to the rules of <c>gateway.json</c>.</summary>
internal static class UsagePlanCheck
{
    private const int MaximumNameLength = 255;

    /// <summary>Gives <paramref name="plan"/> back when it is in order.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="before">What it was; its stages are not looked at again, for the file may have lost some since.</param>
    /// <param name="definition">The APIs there are.</param>
    /// <exception cref="ControlException">It is not; everything that is wrong is named.</exception>
    public static UsagePlan Checked(UsagePlan plan, UsagePlan? before, GatewayDefinition definition)
    {
        var stages = plan.ApiStages.Where(stage => before?.ApiStages.Contains(stage) is not true).ToList();
        var unknown = stages.Find(stage => definition.RestApis.GetValueOrDefault(stage.ApiId)?.Stages.ContainsKey(stage.Stage) is not true);
        if (unknown is not null)
            throw new ControlException(ControlError.BadRequest($"Invalid API Stage {{api: {unknown.ApiId}, stage: {unknown.Stage}}} specified for usageplan {plan.Id}"));
        RuleCheck.Run(errors =>
        {
            errors.Check(plan.Name.Length is >= 1 and <= MaximumNameLength, "name", $"{plan.Name.Length} characters", $"1 to {MaximumNameLength} characters");
            UsagePlanRules.Validate(plan.Throttle, plan.Quota, stages, definition, errors);
        });
        return plan;
    }
}
