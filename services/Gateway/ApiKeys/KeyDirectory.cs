using System.Collections.Concurrent;
using ApiPoc.Gateway.Deployments;
using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.Throttling;

namespace ApiPoc.Gateway.ApiKeys;

/// <summary>Answers which key a value is and what it opens at a stage, from this process's copy of the registry.</summary>
internal sealed class KeyDirectory
{
    private readonly RegistryReplica _replica;
    private ConcurrentDictionary<(KeyDigest Digest, DeployedStage Stage), KeyAccess?> _known = new();

    /// <summary>Follows <paramref name="replica"/>.</summary>
    public KeyDirectory(RegistryReplica replica)
    {
        _replica = replica;
        // What was computed from an older registry goes with its dictionary, also when it is added a moment later.
        replica.Changed += (_, _) => Volatile.Write(ref _known, new());
    }

    /// <summary>What the key <paramref name="value"/> opens at <paramref name="stage"/>; null when it is no key, disabled, or in no plan with this stage.</summary>
    /// <param name="value">Checked to be at most 128 ASCII characters.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="deployment">The deployment the stage belongs to.</param>
    public KeyAccess? Find(ReadOnlySpan<char> value, DeployedStage stage, Deployment deployment)
    {
        var known = Volatile.Read(ref _known);
        var digest = KeyDigest.Of(value);
        if (known.TryGetValue((digest, stage), out var access))
            return access;
        // Unknown values are not remembered: anybody can make them up without end.
        if (!_replica.State.KeysByDigest.TryGetValue(digest, out var key))
            return null;
        access = key.Enabled ? Resolve(key, stage, deployment) : null;
        known[(digest, stage)] = access;
        return access;
    }

    /// <summary>The key <paramref name="value"/>, in a plan or not; null when it is none or disabled.</summary>
    /// <param name="value">Checked to be at most 128 ASCII characters.</param>
    public ApiKey? FindKey(ReadOnlySpan<char> value) =>
        _replica.State.KeysByDigest.TryGetValue(KeyDigest.Of(value), out var key) && key.Enabled ? key : null;

    private KeyAccess? Resolve(ApiKey key, DeployedStage stage, Deployment deployment)
    {
        var state = _replica.State;
        var memberships = state.PlanKeys.Values.Where(member => member.KeyId == key.Id).OrderBy(member => member.PlanId, StringComparer.Ordinal);
        foreach (var membership in memberships)
        {
            if (state.Plans.TryGetValue(membership.PlanId, out var plan) && plan.ApiStages.Exists(open => open.ApiId == stage.ApiId && open.Stage == stage.Name))
            {
                var allowance = state.Allowances.GetValueOrDefault($"{plan.Id}/{key.Id}");
                return new KeyAccess(key, plan, new PlanLimits(plan, membership, allowance, deployment.Definition.Behaviour));
            }
        }
        return null;
    }
}
