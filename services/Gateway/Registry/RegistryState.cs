using System.Collections.Concurrent;
using System.Text.Json;
using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Stages;
using ApiPoc.Gateway.UsagePlans;

namespace ApiPoc.Gateway.Registry;

/// <summary>
/// This process's copy of the registry. Read by requests at any time; written by <see cref="RegistryReplica"/> alone, item by
/// item, each atomically.
/// </summary>
internal sealed class RegistryState
{
    private readonly ConcurrentDictionary<string, ApiKey> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<KeyDigest, ApiKey> _keysByDigest = new();
    private readonly ConcurrentDictionary<string, UsagePlan> _plans = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, UsagePlanKey> _planKeys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, QuotaAllowance> _allowances = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StageSettings> _stages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _seeds = new(StringComparer.Ordinal);

    /// <summary>Keys by id.</summary>
    public IReadOnlyDictionary<string, ApiKey> Keys => _keys;

    /// <summary>Keys by their value's digest.</summary>
    public IReadOnlyDictionary<KeyDigest, ApiKey> KeysByDigest => _keysByDigest;

    /// <summary>Plans by id.</summary>
    public IReadOnlyDictionary<string, UsagePlan> Plans => _plans;

    /// <summary>Memberships by <c>{planId}/{keyId}</c>.</summary>
    public IReadOnlyDictionary<string, UsagePlanKey> PlanKeys => _planKeys;

    /// <summary>Changed quotas by <c>{planId}/{keyId}</c>; the last change only.</summary>
    public IReadOnlyDictionary<string, QuotaAllowance> Allowances => _allowances;

    /// <summary>Stage settings by <c>{apiId}/{stage}</c>.</summary>
    public IReadOnlyDictionary<string, StageSettings> Stages => _stages;

    /// <summary>What <c>gateway.json</c> last wrote, as digests by item name.</summary>
    public IReadOnlyDictionary<string, string> Seeds => _seeds;

    /// <summary>An item of the registry for a value.</summary>
    public static RegistryItem Item<T>(string name, T value) => new(name, JsonSerializer.Serialize(value, GatewayDefinitionFile.JsonOptions));

    /// <summary>Takes one item over.</summary>
    public void Apply(RegistryItem item)
    {
        int slash = item.Name.IndexOf('/', StringComparison.Ordinal);
        string id = item.Name[(slash + 1)..];
        switch (item.Name[..slash])
        {
            case RegistryNames.Key:
                ApplyKey(id, item.Json);
                break;
            case RegistryNames.Plan:
                Apply(_plans, id, item.Json);
                break;
            case RegistryNames.PlanKey:
                Apply(_planKeys, id, item.Json);
                break;
            case RegistryNames.Allowance:
                Apply(_allowances, id, item.Json);
                break;
            case RegistryNames.Stage:
                Apply(_stages, id, item.Json);
                break;
            case RegistryNames.Seed:
                Apply(_seeds, id, item.Json);
                break;
            default:
                // An item of a later version of this program is not ours to understand.
                break;
        }
    }

    private void ApplyKey(string id, string? json)
    {
        // A value cannot change, so the digest's entry leads to the same key before and after.
        if (_keys.TryGetValue(id, out var before) && json is null)
            _keysByDigest.TryRemove(KeyDigest.Parse(before.Digest), out _);
        Apply(_keys, id, json);
        if (_keys.TryGetValue(id, out var after))
            _keysByDigest[KeyDigest.Parse(after.Digest)] = after;
    }

    private static void Apply<T>(ConcurrentDictionary<string, T> items, string id, string? json)
    {
        if (json is null)
            items.TryRemove(id, out _);
        else
            items[id] = JsonSerializer.Deserialize<T>(json, GatewayDefinitionFile.JsonOptions)!;
    }
}
