using ApiPoc.Gateway.Registry;

namespace ApiPoc.Gateway.UsagePlans;

/// <summary>Which key may be in which plan: a key is in at most one plan per stage.</summary>
internal static class PlanMembership
{
    /// <summary>Checks that <paramref name="keyId"/> may join <paramref name="plan"/>.</summary>
    /// <exception cref="RegistryException">It may not.</exception>
    public static void RequireMayJoin(RegistryState state, UsagePlan plan, string keyId)
    {
        if (!state.Keys.ContainsKey(keyId))
            throw new RegistryException(RegistryProblem.NotFound, "Invalid API Key identifier specified");
        if (state.PlanKeys.ContainsKey($"{plan.Id}/{keyId}"))
            throw new RegistryException(RegistryProblem.Conflict, $"Usage Plan {plan.Id} already contains the API Key {keyId}");
        if (state.PlanKeys.Values.Count(member => member.KeyId == keyId) >= UsagePlanStore.PlansPerKey)
            throw new RegistryException(RegistryProblem.LimitExceeded, $"An API Key can be in at most {UsagePlanStore.PlansPerKey} Usage Plans");
        RequireOnePlanPerStage(state, plan, keyId);
    }

    /// <summary>Checks that no other plan of <paramref name="keyId"/> has a stage of <paramref name="plan"/>.</summary>
    /// <exception cref="RegistryException">One has.</exception>
    public static void RequireOnePlanPerStage(RegistryState state, UsagePlan plan, string keyId)
    {
        var stages = plan.ApiStages.Select(stage => (stage.ApiId, stage.Stage)).ToHashSet();
        var other = state.PlanKeys.Values.Where(member => member.KeyId == keyId && member.PlanId != plan.Id)
            .Select(member => state.Plans.GetValueOrDefault(member.PlanId))
            .FirstOrDefault(candidate => candidate?.ApiStages.Any(stage => stages.Contains((stage.ApiId, stage.Stage))) == true);
        if (other is not null)
            throw new RegistryException(RegistryProblem.Conflict, $"API Key {keyId} cannot be added to more than one usage plan per API stage: it is in {other.Id}");
    }
}
