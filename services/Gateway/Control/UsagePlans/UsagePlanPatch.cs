using ApiPoc.Domain.Throttling;
using ApiPoc.Gateway.Control.Patching;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.UsagePlans;

namespace ApiPoc.Gateway.Control.UsagePlans;

/// <summary>What can be patched of a plan.</summary>
internal static class UsagePlanPatch
{
    private static readonly Dictionary<string, CalendarPeriod> Periods = new(StringComparer.Ordinal)
    {
        ["DAY"] = CalendarPeriod.Day,
        ["WEEK"] = CalendarPeriod.Week,
        ["MONTH"] = CalendarPeriod.Month,
    };

    /// <summary>AWS's table for UpdateUsagePlan; and whole throttles and quotas can be set, as a JSON value.</summary>
    public static PatchTable<UsagePlan> Table { get; } = new(
        new("/apiStages", PatchOps.Add, WithStage),
        new("/apiStages", PatchOps.Remove, WithoutStage),
        new("/apiStages/{apiId:stage}/throttle", PatchOps.Set, PlanThrottles.WithMethods),
        new("/apiStages/{apiId:stage}/throttle", PatchOps.Remove, (plan, _, places) => PlanThrottles.WithoutMethods(plan, places)),
        new("/apiStages/{apiId:stage}/throttle/{resourcePath}/{httpMethod}/rateLimit", PatchOps.Set,
            (plan, patch, places) => PlanThrottles.WithMethod(plan, places, throttle => throttle with { RateLimit = patch.Number })),
        new("/apiStages/{apiId:stage}/throttle/{resourcePath}/{httpMethod}/burstLimit", PatchOps.Set,
            (plan, patch, places) => PlanThrottles.WithMethod(plan, places, throttle => throttle with { BurstLimit = patch.Integer })),
        new("/apiStages/{apiId:stage}/throttle/{resourcePath}/{httpMethod}", PatchOps.Remove, (plan, _, places) => PlanThrottles.WithoutMethod(plan, places)),
        new("/description", PatchOps.Replace, (plan, patch) => plan with { Description = patch.Text }),
        new("/name", PatchOps.Replace, (plan, patch) => plan with { Name = patch.Text }),
        new("/productCode", PatchOps.Set, (plan, patch) => plan with { ProductCode = patch.Text }),
        new("/productCode", PatchOps.Remove, (plan, _) => plan with { ProductCode = null }),
        new("/quota", PatchOps.Set, (plan, patch) => plan with { Quota = patch.Json<QuotaDocument>().ToDefinition() }),
        new("/quota", PatchOps.Remove, (plan, _) => plan with { Quota = null }),
        new("/quota/limit", PatchOps.Set, (plan, patch) => plan with { Quota = QuotaOf(plan) with { Limit = patch.Integer } }),
        new("/quota/offset", PatchOps.Set, (plan, patch) => plan with { Quota = QuotaOf(plan) with { Offset = patch.Integer } }),
        new("/quota/period", PatchOps.Set, (plan, patch) => plan with { Quota = QuotaOf(plan) with { Period = patch.OneOf(Periods) } }),
        new("/throttle", PatchOps.Set, (plan, patch) => plan with { Throttle = patch.Json<ThrottleDocument>().ToDefinition() }),
        new("/throttle", PatchOps.Remove, (plan, _) => plan with { Throttle = null }),
        new("/throttle/burstLimit", PatchOps.Set, (plan, patch) => plan with { Throttle = ThrottleOf(plan) with { BurstLimit = patch.Integer } }),
        new("/throttle/rateLimit", PatchOps.Set, (plan, patch) => plan with { Throttle = ThrottleOf(plan) with { RateLimit = patch.Number } }));

    private static QuotaDefinition QuotaOf(UsagePlan plan) => plan.Quota ?? new QuotaDefinition();

    private static ThrottleDefinition ThrottleOf(UsagePlan plan) => plan.Throttle ?? new ThrottleDefinition();

    private static UsagePlan WithStage(UsagePlan plan, PatchOperation patch)
    {
        var stage = StageIn(patch);
        return plan.ApiStages.Exists(open => IsSame(open, stage)) ? plan : plan with { ApiStages = [.. plan.ApiStages, stage] };
    }

    private static UsagePlan WithoutStage(UsagePlan plan, PatchOperation patch)
    {
        var stage = StageIn(patch);
        return plan.ApiStages.Exists(open => IsSame(open, stage))
            ? plan with { ApiStages = [.. plan.ApiStages.Where(open => !IsSame(open, stage))] }
            : throw new ControlException(ControlError.NotFound($"Usage Plan {plan.Id} has no API Stage {stage.ApiId}:{stage.Stage}"));
    }

    private static PlanStageDefinition StageIn(PatchOperation patch) => patch.Text.Split(':') is [{ Length: > 0 } apiId, { Length: > 0 } stage]
        ? new PlanStageDefinition { ApiId = apiId, Stage = stage } : throw patch.Refused("apiId:stage");

    private static bool IsSame(PlanStageDefinition one, PlanStageDefinition other) => one.ApiId == other.ApiId && one.Stage == other.Stage;
}
