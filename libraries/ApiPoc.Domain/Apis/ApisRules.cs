using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Domain.Apis;

/// <summary>What annotations cannot say of <see cref="ApisOptions"/>.</summary>
public static class ApisRules
{
    private const int MaxIdLength = 64;

    /// <summary>Every fault, as <c>key: value: why</c>; empty when the options are right. Secrets are not quoted.</summary>
    public static IEnumerable<string> Faults(ApisOptions apis) =>
        apis.SelectMany(entry => IdFaults(entry.Key).Concat(Faults(entry.Key, entry.Value)));

    // An id is part of Redis keys, where braces and colons have a meaning.
    private static IEnumerable<string> IdFaults(string id)
    {
        if (id.Length is 0 or > MaxIdLength || !id.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-'))
            yield return $"{ApisOptions.Section}:{id}: an api_id is 1 to {MaxIdLength} letters, digits, '_' or '-'";
    }

    private static IEnumerable<string> Faults(string id, ApiOptions api)
    {
        if (api.BaseAddress is { } address && !IsBaseAddress(address))
            yield return $"{ApisOptions.Section}:{id}:BaseAddress: {AddressRules.WithoutUser(address)}: must be absolute http or https without user, query and fragment";
        if (api.HealthPath.Length > 0 && !ResourceRules.IsPlain(api.HealthPath))
            yield return $"{ApisOptions.Section}:{id}:HealthPath: {api.HealthPath}: must be a plain relative path";
        if (api.ApiKey.Any(character => character is < ' ' or > '~'))
            yield return $"{ApisOptions.Section}:{id}:ApiKey: holds characters that a header cannot";
        if (api.ApiKeyHeader.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not '-' and not '_'))
            yield return $"{ApisOptions.Section}:{id}:ApiKeyHeader: {api.ApiKeyHeader}: must be a header's name";
        foreach (var limit in api.Limits.Where(limit => !ResourcePattern.IsPattern(limit.AppliesTo)))
            yield return $"{ApisOptions.Section}:{id}:Limits: {limit.Name}: AppliesTo {limit.AppliesTo}: must be path segments, '*' for any one, and '**' only as the last";
        foreach (var limit in api.Limits.Where(limit => limit.Tenant is { } tenant && !IsTenant(tenant)))
            yield return $"{ApisOptions.Section}:{id}:Limits: {limit.Name}: Tenant '{limit.Tenant}': must be one tenant's name as jobs say it; leave it out where every tenant's calls charge the limit together";
        foreach (var tenant in api.TenantWeights.Where(tenant => tenant.Value is not (> 0 and < double.PositiveInfinity)))
            yield return $"{ApisOptions.Section}:{id}:TenantWeights:{tenant.Key}: {tenant.Value}: must be above 0";
        foreach (var twice in api.Limits.GroupBy(limit => limit.Name).Where(group => group.Count() > 1))
            yield return $"{ApisOptions.Section}:{id}:Limits: {twice.Key}: a limit's name is unique within its API";
    }

    private static bool IsTenant(string name) => !string.IsNullOrWhiteSpace(name) && name != "*" && !JobReader.IsBadText(name);

    private static bool IsBaseAddress(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme is "http" or "https") && address.UserInfo.Length == 0
        && address.Query.Length == 0 && address.Fragment.Length == 0;
}
