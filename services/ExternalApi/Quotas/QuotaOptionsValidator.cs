using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Throttling;
using ApiPoc.ExternalApi.Throttling;
using Microsoft.Extensions.Options;

namespace ApiPoc.ExternalApi.Quotas;

/// <summary>Checks names against what exists, and every number.</summary>
internal sealed class QuotaOptionsValidator : IValidateOptions<QuotaOptions>
{
    public ValidateOptionsResult Validate(string? name, QuotaOptions options)
    {
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>Everything that is wrong, each with its key.</summary>
    public static IEnumerable<string> Faults(QuotaOptions options)
    {
        string[] known = [.. QuotaPolicy.Named.Select(policy => policy.Name).Union(options.Policies.Keys)];
        foreach (var (key, policy) in options.Keys.Select(pair => ($"Keys:{pair.Key}", pair.Value)).Prepend(("Policy", options.Policy)))
        {
            if (!known.Contains(policy))
                yield return $"{QuotaOptions.Section}:{key}: {policy}: is no policy: known policies are {string.Join(", ", known)}";
        }

        if (!RateLimitHeaders.Modes.Contains(options.HeaderMode))
            yield return $"{QuotaOptions.Section}:HeaderMode: {options.HeaderMode}: must be one of {string.Join(", ", RateLimitHeaders.Modes)}";

        foreach (var (policy, windows) in options.Policies)
        {
            foreach (string fault in Faults(windows.ToPolicy(policy)))
                yield return $"{QuotaOptions.Section}:Policies:{policy}: {fault}";
        }
    }

    private static IEnumerable<string> Faults(QuotaPolicy policy)
    {
        foreach (var level in policy.Levels)
        {
            foreach (var window in level.Windows.GroupBy(window => window.Label).Where(same => same.Count() > 1))
                yield return $"{level.Name} has two windows of {window.Key}.";
        }

        foreach (var limit in policy.LimitsFor("any key"))
        {
            if (LimitSet.Fault(limit.Limit) is { } fault)
                yield return $"{limit.Level}: {fault}";
        }
    }
}
