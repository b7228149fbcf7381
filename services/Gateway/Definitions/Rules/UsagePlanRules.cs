namespace ApiPoc.Gateway.Definitions;

/// <summary>What a usage plan must hold.</summary>
internal static class UsagePlanRules
{
    /// <summary>Method throttles a plan may have per stage, as in AWS.</summary>
    public const int MethodThrottlesPerStage = 20;

    /// <summary>Checks every plan of <paramref name="definition"/>.</summary>
    public static void Validate(GatewayDefinition definition, DefinitionErrors errors)
    {
        foreach (var (id, plan) in definition.UsagePlans)
            Validate(plan.Throttle, plan.Quota, plan.ApiStages, definition, errors.At("usagePlans").At(id));
    }

    /// <summary>Checks what a plan is made of; the control plane's plans pass here too.</summary>
    public static void Validate(
        ThrottleDefinition? throttle, QuotaDefinition? quota, IReadOnlyList<PlanStageDefinition> apiStages, GatewayDefinition definition, DefinitionErrors errors)
    {
        if (throttle is not null)
            ThrottleRules.Validate(throttle, errors.At("throttle"));
        if (quota is not null)
            Validate(quota, errors.At("quota"));
        for (int index = 0; index < apiStages.Count; index++)
            ValidateStage(apiStages[index], definition, errors.At("apiStages").At(index));
        var stages = apiStages.Select(stage => (stage.ApiId, stage.Stage)).ToList();
        errors.Check(stages.Distinct().Count() == stages.Count, "apiStages", "repeated stage", "a stage stands once in a plan");
    }

    private static void Validate(QuotaDefinition quota, DefinitionErrors errors)
    {
        errors.Check(quota.Limit is >= 1 and <= int.MaxValue, "limit", quota.Limit, "1 to 2147483647 requests per period");
        errors.Check(quota.Offset >= 0 && quota.Offset < Math.Max(quota.Limit, 1), "offset", quota.Offset, "0 to below the limit");
        errors.Check(quota.Failure != FailureMode.Local, "failure", quota.Failure, "OPEN or CLOSED: a period cannot be counted by one process alone");
    }

    private static void ValidateStage(PlanStageDefinition stage, GatewayDefinition definition, DefinitionErrors errors)
    {
        if (!definition.RestApis.TryGetValue(stage.ApiId, out var api) || !api.Stages.ContainsKey(stage.Stage))
        {
            errors.Add("", $"{stage.ApiId}/{stage.Stage}", "no such API and stage");
            return;
        }
        errors.Check(stage.Throttle.Count <= MethodThrottlesPerStage, "throttle", $"{stage.Throttle.Count} methods", $"at most {MethodThrottlesPerStage}");
        foreach (var (key, throttle) in stage.Throttle)
        {
            errors.At("throttle").Check(StageRules.IsMethod(key, api), key, key, "{resource path}/{METHOD} of this API");
            ThrottleRules.Validate(throttle, errors.At("throttle").At(key));
        }
    }
}
