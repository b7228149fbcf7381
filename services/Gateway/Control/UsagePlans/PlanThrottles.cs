using ApiPoc.Gateway.Control.Patching;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.UsagePlans;

namespace ApiPoc.Gateway.Control.UsagePlans;

/// <summary>Changes of the throttles a plan has for single methods of a stage.</summary>
internal static class PlanThrottles
{
    /// <summary>Reads the throttles of a stage's methods.</summary>
    /// <exception cref="ControlException">One is null, or two are for the same method.</exception>
    public static Dictionary<string, ThrottleDefinition> Read(IReadOnlyDictionary<string, ThrottleDocument?> written)
    {
        Dictionary<string, ThrottleDefinition> throttles = new(StringComparer.Ordinal);
        foreach (var (method, throttle) in written)
        {
            if (throttle is null || !throttles.TryAdd(KeyOf(method), throttle.ToDefinition()))
            {
                string found = throttle is null ? "null" : "repeated";
                throw new ControlException(ControlError.BadRequest($"throttle[\"{method}\"]: {found}: one rateLimit and burstLimit for each method"));
            }
        }
        return throttles;
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
        var throttles = Read(patch.Json<Dictionary<string, ThrottleDocument?>>());
        return WithStage(plan, places, stage => stage with { Throttle = throttles });
    }

    /// <summary>The plan without buckets for the stage's methods.</summary>
    public static UsagePlan WithoutMethods(UsagePlan plan, IReadOnlyList<string> places) => WithStage(plan, places, stage => stage with { Throttle = [] });

    // Clients write it as /pets/GET, pets/GET or ~1pets/GET.
    private static string KeyOf(string written)
    {
        int slash = written.LastIndexOf('/');
        return slash < 0 ? written : MethodKey.Of(written[..slash], written[(slash + 1)..]);
    }

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
