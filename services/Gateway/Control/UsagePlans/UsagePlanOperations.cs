using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Control.Patching;
using ApiPoc.Gateway.Control.Tags;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.UsagePlans;

namespace ApiPoc.Gateway.Control.UsagePlans;

/// <summary>CreateUsagePlan, GetUsagePlans, GetUsagePlan, UpdateUsagePlan, DeleteUsagePlan.</summary>
internal static class UsagePlanOperations
{
    /// <summary>Creates a plan.</summary>
    public static async Task<IResult> CreateAsync(
        JsonBody<CreateUsagePlanRequest> body, UsagePlanStore plans, DefinitionSource definitions, CancellationToken cancellationToken)
    {
        var wanted = body.Value;
        var plan = new UsagePlan
        {
            Id = ApiKeyStore.NewId(),
            Name = wanted.Name ?? "",
            Description = wanted.Description ?? "",
            ApiStages = [.. (wanted.ApiStages ?? []).Select(stage => stage.ToDefinition())],
            Throttle = wanted.Throttle?.ToDefinition(),
            Quota = wanted.Quota?.ToDefinition(),
            Tags = TagLimits.Checked(wanted.Tags),
        };
        await plans.CreateAsync(UsagePlanCheck.Checked(plan, before: null, definitions.Current), cancellationToken);
        return ControlAnswer.Created(UsagePlanDocument.Of(plan));
    }

    /// <summary>Lists plans, those that hold <paramref name="keyId"/>.</summary>
    public static IResult List(PageRequest page, RegistryReplica registry, string? keyId = null)
    {
        var state = registry.State;
        var found = state.Plans.Values.Where(plan => keyId is null || state.PlanKeys.ContainsKey($"{plan.Id}/{keyId}"));
        return ControlAnswer.Ok(page.Of(found, plan => plan.Id).Select(UsagePlanDocument.Of));
    }

    /// <summary>Shows a plan.</summary>
    public static IResult Get(string id, RegistryReplica registry) => ControlAnswer.Ok(UsagePlanDocument.Of(Require(registry, id)));

    /// <summary>Changes a plan.</summary>
    public static async Task<IResult> UpdateAsync(
        string id, JsonBody<PatchRequest> body, UsagePlanStore plans, DefinitionSource definitions, CancellationToken cancellationToken) =>
        ControlAnswer.Ok(UsagePlanDocument.Of(await plans.UpdateAsync(
            id, plan => UsagePlanCheck.Checked(UsagePlanPatch.Table.Apply(plan, body.Value), plan, definitions.Current), cancellationToken)));

    /// <summary>Deletes a plan that opens no stage any more.</summary>
    public static async Task<IResult> DeleteAsync(string id, UsagePlanStore plans, CancellationToken cancellationToken)
    {
        await plans.DeleteAsync(id, cancellationToken);
        return ControlAnswer.Accepted();
    }

    /// <summary>The plan.</summary>
    /// <exception cref="ControlException">There is none.</exception>
    public static UsagePlan Require(RegistryReplica registry, string id) =>
        registry.State.Plans.GetValueOrDefault(id) ?? throw new ControlException(ControlError.NotFound("Invalid Usage Plan ID specified"));
}
