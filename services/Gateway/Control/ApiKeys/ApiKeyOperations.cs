using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Control.Patching;
using ApiPoc.Gateway.Control.Tags;
using ApiPoc.Gateway.Registry;

namespace ApiPoc.Gateway.Control.ApiKeys;

/// <summary>CreateApiKey, GetApiKeys, GetApiKey, UpdateApiKey, DeleteApiKey.</summary>
internal static class ApiKeyOperations
{
    /// <summary>Creates a key and shows its value.</summary>
    public static async Task<IResult> CreateAsync(JsonBody<CreateApiKeyRequest> body, ApiKeyStore keys, CancellationToken cancellationToken)
    {
        var wanted = body.Value;
        string value = string.IsNullOrEmpty(wanted.Value) ? ApiKeyStore.NewValue() : ApiKeyLimits.CheckedValue(wanted.Value);
        var key = keys.Draft(ApiKeyLimits.CheckedName(wanted.Name ?? ""), value) with
        {
            Description = wanted.Description ?? "",
            Enabled = wanted.Enabled,
            CustomerId = wanted.CustomerId,
            Tags = TagLimits.Checked(wanted.Tags),
        };
        await keys.CreateAsync(key, cancellationToken);
        return ControlAnswer.Created(ApiKeyDocument.Of(key, value));
    }

    /// <summary>Lists keys, those whose name begins with <paramref name="name"/>.</summary>
    public static IResult List(PageRequest page, RegistryReplica registry, ApiKeyStore keys, string? name = null, string? customerId = null, bool includeValues = false)
    {
        var found = registry.State.Keys.Values
            .Where(key => name is null || key.Name.StartsWith(name, StringComparison.Ordinal))
            .Where(key => customerId is null || key.CustomerId == customerId);
        return ControlAnswer.Ok(page.Of(found, key => key.Id).Select(key => ApiKeyDocument.Of(key, includeValues ? keys.Reveal(key) : null)));
    }

    /// <summary>Shows a key.</summary>
    public static IResult Get(string id, RegistryReplica registry, ApiKeyStore keys, bool includeValue = false)
    {
        var key = registry.State.Keys.GetValueOrDefault(id) ?? throw new ControlException(ControlError.NotFound("Invalid API Key identifier specified"));
        return ControlAnswer.Ok(ApiKeyDocument.Of(key, includeValue ? keys.Reveal(key) : null));
    }

    /// <summary>Changes a key.</summary>
    public static async Task<IResult> UpdateAsync(string id, JsonBody<PatchRequest> body, ApiKeyStore keys, CancellationToken cancellationToken) =>
        ControlAnswer.Ok(ApiKeyDocument.Of(await keys.UpdateAsync(id, key => ApiKeyPatch.Table.Apply(key, body.Value), cancellationToken)));

    /// <summary>Deletes a key.</summary>
    public static async Task<IResult> DeleteAsync(string id, ApiKeyStore keys, CancellationToken cancellationToken)
    {
        await keys.DeleteAsync(id, cancellationToken);
        return ControlAnswer.Accepted();
    }
}
