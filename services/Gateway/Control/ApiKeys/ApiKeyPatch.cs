using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Control.Patching;

namespace ApiPoc.Gateway.Control.ApiKeys;

/// <summary>What can be patched of a key. Its value cannot: whoever holds it would be somebody else's caller.</summary>
internal static class ApiKeyPatch
{
    /// <summary>AWS's table for UpdateApiKey, without the stages that only keys from before usage plans have.</summary>
    public static PatchTable<ApiKey> Table { get; } = new(
        new("/customerId", PatchOps.Replace, (key, patch) => key with { CustomerId = patch.Text }),
        new("/description", PatchOps.Replace, (key, patch) => key with { Description = patch.Text }),
        new("/enabled", PatchOps.Replace, (key, patch) => key with { Enabled = patch.Boolean }),
        new("/name", PatchOps.Replace, (key, patch) => key with { Name = patch.Text.Length == 0 ? key.Id : ApiKeyLimits.CheckedName(patch.Text) }));
}
