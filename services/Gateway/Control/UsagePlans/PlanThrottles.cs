using ApiPoc.Gateway.Control.Patching;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.UsagePlans;

namespace ApiPoc.Gateway.Control.UsagePlans;

/// <summary>Changes of the throttles a plan has for single methods of a stage.</summary>
internal static class PlanThrottles
{
    /// <summary>The key of a throttle, which clients write as <c>/pets/GET</c>, <c>pets/GET</c> or <c>~1pets/GET</c>.</summary>
    public static string KeyOf(string written)
    {
        int slash = written.LastIndexOf('/');
        return slash < 0 ? written : MethodKey.Of(written[..slash], written[(slash + 1)..]);
    }

    /// <summary>The plan with another bucket for a method; the other half of a bucket that did not exist is yet to come.</summary>
    public static UsagePlan WithMethod(UsagePlan plan, IReadOnlyList<string> places, Func<ThrottleDefinition, ThrottleDefinition> change)
    {
        string key = MethodKey.Of(places[2], places[3]);
        return WithStage(plan, places, stage => stage with
        {
            Throttle = new(stage.Throttle, StringComparer.Ordinal) { [key] = change(stage.Throttle.GetValueOrDefault(key) ?? new ThrottleDefinition()) },
        });
    }

    /// <summary>The plan without a method's bucket.</summary>
    public static UsagePlan WithoutMethod(UsagePlan plan, IReadOnlyList<string> places)
    {
        string key = MethodKey.Of(places[2], places[3]);
        return WithStage(plan, places, stage => stage with
        {
            Throttle = stage.Throttle.Where(throttle => throttle.Key != key).ToDictionary(StringComparer.Ordinal),
        });
    }

    /// <summary>The plan with these buckets for the stage's methods and no others.</summary>
    public static UsagePlan WithMethods(UsagePlan plan, PatchOperation patch, IReadOnlyList<string> places)
    {
        var throttles = patch.Json<Dictionary<string, ThrottleDocument>>();
        return WithStage(plan, places, stage => stage with
        {
            Throttle = throttles.ToDictionary(throttle => KeyOf(throttle.Key), throttle => throttle.Value.ToDefinition(), StringComparer.Ordinal),
        });
    }

    /// <summary>The plan without buckets for the stage's methods.</summary>
    public static UsagePlan WithoutMethods(UsagePlan plan, IReadOnlyList<string> places) => WithStage(plan, places, stage => stage with { Throttle = [] });

    private static UsagePlan WithStage(UsagePlan plan, IReadOnlyList<string> places, Func<PlanStageDefinition, PlanStageDefinition> change)
    {
        int index = plan.ApiStages.FindIndex(stage => stage.ApiId == places[0] && stage.Stage == places[1]);
        if (index < 0)
            throw new ControlException(ControlError.NotFound($"Usage Plan {plan.Id} has no API Stage {places[0]}:{places[1]}"));
        List<PlanStageDefinition> stages = [.. plan.ApiStages];
        stages[index] = change(stages[index]);
        return plan with { ApiStages = stages };
    }
}
