using ApiPoc.Gateway.Registry;

namespace ApiPoc.Gateway.UsagePlans;

/// <summary>The usage plans and their keys: created, changed, deleted. Read them from <see cref="RegistryReplica.State"/>.</summary>
internal sealed class UsagePlanStore(RegistryReplica replica, TimeProvider clock)
{
    /// <summary>Plans an account may have, as in AWS.</summary>
    public const int Maximum = 300;

    /// <summary>Plans a key may be in, as in AWS.</summary>
    public const int PlansPerKey = 10;

    /// <summary>Registers <paramref name="plan"/>.</summary>
    /// <exception cref="RegistryException">There are too many.</exception>
    public Task CreateAsync(UsagePlan plan, CancellationToken cancellationToken) => replica.ChangeAsync(
        state => state.Plans.Count < Maximum
            ? [Item(plan)]
            : throw new RegistryException(RegistryProblem.LimitExceeded, "Maximum number of Usage Plans have been reached."),
        cancellationToken);

    /// <summary>Changes a plan; its id stays.</summary>
    /// <exception cref="RegistryException">There is none, or a key would be in two plans for one stage.</exception>
    public async Task<UsagePlan> UpdateAsync(string id, Func<UsagePlan, UsagePlan> change, CancellationToken cancellationToken)
    {
        await replica.ChangeAsync(
            state =>
            {
                var changed = change(Require(state, id));
                foreach (var member in state.PlanKeys.Values.Where(member => member.PlanId == id))
                    PlanMembership.RequireOnePlanPerStage(state, changed, member.KeyId);
                return [Item(changed)];
            },
            cancellationToken);
        return Require(replica.State, id);
    }

    /// <summary>Deletes a plan that opens no stage any more, and its memberships; AWS wants the stages removed first, too.</summary>
    /// <exception cref="RegistryException">There is none, or it has stages.</exception>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) => replica.ChangeAsync(
        state =>
        {
            if (Require(state, id).ApiStages.Count > 0)
                throw new RegistryException(RegistryProblem.InUse, $"Cannot delete Usage Plan {id} because there are API Stages associated with it");
            return
            [
                new RegistryItem(RegistryNames.Of(RegistryNames.Plan, id), Json: null),
                .. state.PlanKeys.Values.Where(member => member.PlanId == id)
                    .Select(member => new RegistryItem(RegistryNames.Of(RegistryNames.PlanKey, id, member.KeyId), Json: null)),
            ];
        },
        cancellationToken);

    /// <summary>Puts a key into a plan.</summary>
    /// <exception cref="RegistryException">One of both does not exist, the key is in it, or in another plan for one of its stages.</exception>
    public Task AddKeyAsync(string planId, string keyId, CancellationToken cancellationToken) => replica.ChangeAsync(
        state =>
        {
            PlanMembership.RequireMayJoin(state, Require(state, planId), keyId);
            return [RegistryState.Item(RegistryNames.Of(RegistryNames.PlanKey, planId, keyId), new UsagePlanKey(planId, keyId, clock.GetUtcNow()))];
        },
        cancellationToken);

    /// <summary>Takes a key out of a plan.</summary>
    /// <exception cref="RegistryException">It is not in it.</exception>
    public Task RemoveKeyAsync(string planId, string keyId, CancellationToken cancellationToken) => replica.ChangeAsync(
        state => state.PlanKeys.ContainsKey($"{planId}/{keyId}")
            ? [new RegistryItem(RegistryNames.Of(RegistryNames.PlanKey, planId, keyId), Json: null)]
            : throw new RegistryException(RegistryProblem.NotFound, "Invalid Usage Plan Key identifier specified"),
        cancellationToken);

    private static RegistryItem Item(UsagePlan plan) => RegistryState.Item(RegistryNames.Of(RegistryNames.Plan, plan.Id), plan);

    private static UsagePlan Require(RegistryState state, string id) =>
        state.Plans.TryGetValue(id, out var plan) ? plan : throw new RegistryException(RegistryProblem.NotFound, "Invalid Usage Plan ID specified");
}
