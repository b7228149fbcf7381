using System.Security.Cryptography;
using System.Text.Json;
using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Stages;
using ApiPoc.Gateway.UsagePlans;

namespace ApiPoc.Gateway.Registry;

/// <summary>
/// Writes what the definition declares into the registry: once, and again when the declaration changes. What the control plane
/// changed or deleted since stays so, until the file says something new.
/// </summary>
internal sealed class RegistrySeeder(RegistryReplica replica, DefinitionSource definitions, KeyProtection protection, TimeProvider clock, ILogger<RegistrySeeder> logger)
{
    private (GatewayDefinition Definition, RegistryState State)? _done;

    /// <summary>Whether everything the definition in force declares is registered.</summary>
    public bool IsDone => _done == (definitions.Current, replica.State);

    /// <summary>Seeds what is new in the definition; cheap when nothing is.</summary>
    /// <exception cref="RegistryException">Redis cannot be reached.</exception>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var wanted = (definitions.Current, replica.State);
        if (_done == wanted)
            return;
        int count = 0;
        await replica.ChangeAsync(state => Seeds(wanted.Current, state, out count), cancellationToken);
        if (count > 0)
            logger.RegistrySeeded(count);
        _done = (wanted.Current, replica.State);
    }

    private List<RegistryItem> Seeds(GatewayDefinition definition, RegistryState state, out int count)
    {
        var items = new List<RegistryItem>();
        foreach (var (id, plan) in definition.UsagePlans)
            Seed(items, state, RegistryNames.Of(RegistryNames.Plan, id), plan, name => [RegistryState.Item(name, PlanOf(id, plan))]);
        foreach (var (apiId, api) in definition.RestApis)
        {
            foreach (var (stage, settings) in api.Stages)
                Seed(items, state, RegistryNames.Of(RegistryNames.Stage, apiId, stage), settings, name => [RegistryState.Item(name, SettingsOf(apiId, stage, settings, state))]);
        }
        foreach (var (id, key) in definition.ApiKeys)
            Seed(items, state, RegistryNames.Of(RegistryNames.Key, id), key, name => KeyItems(name, id, key, state));
        count = items.Count;
        return items;
    }

    private static void Seed<T>(List<RegistryItem> items, RegistryState state, string name, T declared, Func<string, IEnumerable<RegistryItem>> itemsOf)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(declared, GatewayDefinitionFile.JsonOptions)));
        if (state.Seeds.TryGetValue(name, out string? seeded) && seeded == digest)
            return;
        items.AddRange(itemsOf(name));
        items.Add(RegistryState.Item(RegistryNames.Of(RegistryNames.Seed, name), digest));
    }

    private IEnumerable<RegistryItem> KeyItems(string name, string id, ApiKeyDefinition declared, RegistryState state)
    {
        var now = clock.GetUtcNow();
        var digest = KeyDigest.Of(declared.Value);
        // A value that somebody else registered under another id is theirs: the file's key gives way.
        if (state.KeysByDigest.TryGetValue(digest, out var owner) && owner.Id != id)
            yield break;
        yield return RegistryState.Item(name, new ApiKey
        {
            Id = id,
            Name = declared.Name ?? id,
            Digest = digest.ToString(),
            ProtectedValue = protection.Protect(declared.Value!),
            Description = declared.Description,
            Enabled = declared.Enabled,
            MayExplain = declared.MayExplain,
            CreatedAt = state.Keys.TryGetValue(id, out var before) ? before.CreatedAt : now,
            UpdatedAt = now,
        });
        foreach (var left in state.PlanKeys.Values.Where(member => member.KeyId == id && !declared.UsagePlanIds.Contains(member.PlanId, StringComparer.Ordinal)))
            yield return new RegistryItem(RegistryNames.Of(RegistryNames.PlanKey, left.PlanId, id), Json: null);
        foreach (string planId in declared.UsagePlanIds.Where(planId => !state.PlanKeys.ContainsKey($"{planId}/{id}")))
            yield return RegistryState.Item(RegistryNames.Of(RegistryNames.PlanKey, planId, id), new UsagePlanKey(planId, id, now));
    }

    private static UsagePlan PlanOf(string id, UsagePlanDefinition plan) => new()
    {
        Id = id,
        Name = plan.Name ?? id,
        Description = plan.Description,
        ApiStages = plan.ApiStages,
        Throttle = plan.Throttle,
        Quota = plan.Quota,
        Shadow = plan.Shadow,
    };

    private StageSettings SettingsOf(string apiId, string stage, StageDefinition declared, RegistryState state)
    {
        var now = clock.GetUtcNow();
        state.Stages.TryGetValue($"{apiId}/{stage}", out var before);
        return StageSettings.Declared(apiId, stage, declared) with
        {
            CacheGeneration = before?.CacheGeneration ?? 0,
            CreatedAt = before?.CreatedAt ?? now,
            UpdatedAt = now,
        };
    }
}
