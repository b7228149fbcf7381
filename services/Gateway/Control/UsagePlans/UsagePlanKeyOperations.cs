using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.UsagePlans;

namespace ApiPoc.Gateway.Control.UsagePlans;

/// <summary>CreateUsagePlanKey, GetUsagePlanKeys, GetUsagePlanKey, DeleteUsagePlanKey. Values are shown by GetApiKey alone.</summary>
internal static class UsagePlanKeyOperations
{
    private const string KeyType = "API_KEY";

    /// <summary>Puts a key into a plan.</summary>
    public static async Task<IResult> CreateAsync(
        string id, JsonBody<CreateUsagePlanKeyRequest> body, UsagePlanStore plans, RegistryReplica registry, CancellationToken cancellationToken)
    {
        if (body.Value.KeyType != KeyType)
            throw new ControlException(ControlError.BadRequest($"Invalid keyType '{body.Value.KeyType}' specified. Must be one of: [{KeyType}]"));
        string keyId = body.Value.KeyId ?? throw new ControlException(ControlError.BadRequest("keyId: (missing): the id of an API key"));
        await plans.AddKeyAsync(id, keyId, cancellationToken);
        return ControlAnswer.Created(UsagePlanKeyDocument.Of(registry.State.Keys[keyId]));
    }

    /// <summary>Lists a plan's keys, those whose name begins with <paramref name="name"/>.</summary>
    public static IResult List(string id, PageRequest page, RegistryReplica registry, string? name = null)
    {
        UsagePlanOperations.Require(registry, id);
        var found = KeysOf(registry.State, id).Where(key => name is null || key.Name.StartsWith(name, StringComparison.Ordinal));
        return ControlAnswer.Ok(page.Of(found, key => key.Id).Select(UsagePlanKeyDocument.Of));
    }

    /// <summary>Shows a plan's key.</summary>
    public static IResult Get(string id, string keyId, RegistryReplica registry)
    {
        UsagePlanOperations.Require(registry, id);
        return KeysOf(registry.State, id).FirstOrDefault(key => key.Id == keyId) is { } key
            ? ControlAnswer.Ok(UsagePlanKeyDocument.Of(key)) : throw new ControlException(ControlError.NotFound("Invalid API Key identifier specified"));
    }

    /// <summary>Takes a key out of a plan.</summary>
    public static async Task<IResult> DeleteAsync(string id, string keyId, UsagePlanStore plans, RegistryReplica registry, CancellationToken cancellationToken)
    {
        UsagePlanOperations.Require(registry, id);
        await plans.RemoveKeyAsync(id, keyId, cancellationToken);
        return ControlAnswer.Accepted();
    }

    private static IEnumerable<ApiKey> KeysOf(RegistryState state, string planId) =>
        state.PlanKeys.Values.Where(member => member.PlanId == planId).Select(member => state.Keys.GetValueOrDefault(member.KeyId)).OfType<ApiKey>();
}

/// <summary>What a membership is created from.</summary>
internal sealed record CreateUsagePlanKeyRequest(string? KeyId, string? KeyType);

/// <summary>A plan's key as the API shows it.</summary>
internal sealed record UsagePlanKeyDocument(string Id, string Type, string Name)
{
    /// <summary>Shows <paramref name="key"/>.</summary>
    public static UsagePlanKeyDocument Of(ApiKey key) => new(key.Id, "API_KEY", key.Name);
}
