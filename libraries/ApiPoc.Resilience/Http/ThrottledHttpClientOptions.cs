using System.ComponentModel.DataAnnotations;
using ApiPoc.Domain.Apis;
using Microsoft.Extensions.Options;

namespace ApiPoc.Resilience.Http;

/// <summary>How one throttled client behaves; what it is told of the API stands in section <c>Apis:&lt;api_id&gt;</c>.</summary>
public sealed class ThrottledHttpClientOptions
{
    /// <summary>
    /// The longest a call waits for the quota, retries after a 429 included; 0 to 1 h, default 1 min. After it, or when it is known to be in vain, the
    /// call fails with <see cref="Quotas.QuotaExhaustedException"/>, or is answered by the last 429.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Names the tenant of a single request in <see cref="HttpRequestMessage.Options"/>, instead of <see cref="Tenant"/>.</summary>
    public static HttpRequestOptionsKey<string> RequestTenant { get; } = new("ApiPoc.Tenant");

    /// <summary>Whose share of the quota it uses, and whose own limits it charges; default the tenant without a name.</summary>
    [Required(AllowEmptyStrings = true)]
    public string Tenant { get; set; } = "";
}

/// <summary>Sees to it that a client's API is configured.</summary>
internal sealed class ThrottledHttpClientValidator(IOptions<ApisOptions> apis) : IValidateOptions<ThrottledHttpClientOptions>
{
    public ValidateOptionsResult Validate(string? name, ThrottledHttpClientOptions options)
    {
        if (name is not { Length: > 0 })
            return ValidateOptionsResult.Skip;
        string key = $"{ApisOptions.Section}:{name}:{nameof(ApiOptions.BaseAddress)}";
        if (!apis.Value.TryGetValue(name, out var api) || api.BaseAddress is null)
            return ValidateOptionsResult.Fail($"{key}: missing: the address of the API that a throttled client was added for");
        string[] faults = [.. ApisRules.Faults(apis.Value).Where(fault => fault.StartsWith($"{ApisOptions.Section}:{name}:", StringComparison.Ordinal))];
        return faults.Length > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
