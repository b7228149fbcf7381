namespace ApiPoc.Gateway.Registry;

/// <summary>One thing registered in Redis: a key, a plan, a stage's settings …</summary>
/// <param name="Name"><c>{kind}/{id}</c>, see <see cref="RegistryNames"/>.</param>
/// <param name="Json">What it is; null when it was deleted.</param>
internal sealed record RegistryItem(string Name, string? Json);

/// <summary>Items that changed after a version.</summary>
/// <param name="Base">Tells one filling of the registry from another: it differs after Redis lost its data. 0 when the registry is empty.</param>
/// <param name="Version">The version of the last item listed; grows with every change.</param>
/// <param name="IsLast">Whether nothing more has changed.</param>
/// <param name="Items">The changed items, oldest change first.</param>
internal sealed record RegistryChanges(long Base, long Version, bool IsLast, IReadOnlyList<RegistryItem> Items);

/// <summary>The names of items.</summary>
internal static class RegistryNames
{
    public const string Key = "key";
    public const string Plan = "plan";
    public const string PlanKey = "plan-key";
    public const string Allowance = "allowance";
    public const string Stage = "stage";
    public const string Seed = "seed";

    /// <summary>The name of an item; ids hold no slash, but for a stage's <c>{apiId}/{stage}</c> and a plan key's <c>{planId}/{keyId}</c>.</summary>
    public static string Of(string kind, string id) => $"{kind}/{id}";

    /// <summary>The name of an item with a two-part id.</summary>
    public static string Of(string kind, string first, string second) => $"{kind}/{first}/{second}";
}
