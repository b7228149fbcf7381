using ApiPoc.Domain.Quotas;
using ApiPoc.ExternalApi.Throttling;

namespace ApiPoc.ExternalApi.Quotas;

/// <summary>Configuration section <c>Quotas</c>, and in Development the body of <c>PUT /admin/quotas</c>.</summary>
internal sealed class QuotaOptions
{
    public const string Section = "Quotas";

    /// <summary>The policy of every key that has none of its own: <c>original</c> (default), <c>windows</c>, <c>fast</c>, or one of <see cref="Policies"/>.</summary>
    public string Policy { get; set; } = QuotaPolicy.Original.Name;

    /// <summary>How answers tell of the quota: <c>ratelimit</c> (default), <c>legacy</c>, <c>retry-after</c> or <c>none</c>.</summary>
    public string HeaderMode { get; set; } = RateLimitHeaders.RateLimit;

    /// <summary>Policies by API key.</summary>
    public Dictionary<string, string> Keys { get; set; } = [];

    /// <summary>Further policies by name; a named policy's numbers can be changed by giving it here.</summary>
    public Dictionary<string, QuotaPolicyOptions> Policies { get; set; } = [];

    /// <summary>The policy of an API key.</summary>
    public QuotaPolicy PolicyOf(string apiKey)
    {
        string name = Keys.GetValueOrDefault(apiKey, Policy);
        return Policies.TryGetValue(name, out var policy) ? policy.ToPolicy(name) : QuotaPolicy.Named.Single(named => named.Name == name);
    }
}

/// <summary>A policy's windows for each level; a level without windows is unlimited.</summary>
internal sealed class QuotaPolicyOptions
{
    /// <summary>Charged by every call.</summary>
    public List<QuotaWindowOptions> Api { get; set; } = [];

    /// <summary>Charged by calls to surveys and what is below.</summary>
    public List<QuotaWindowOptions> Survey { get; set; } = [];

    /// <summary>Charged by calls to interviews and attachments.</summary>
    public List<QuotaWindowOptions> Interview { get; set; } = [];

    /// <summary>Charged by calls to attachments.</summary>
    public List<QuotaWindowOptions> Attachment { get; set; } = [];

    /// <summary>The policy they make.</summary>
    public QuotaPolicy ToPolicy(string name)
    {
        (string Level, List<QuotaWindowOptions> Windows)[] levels =
        [
            (QuotaPolicy.WholeApi, Api), (ResourcePath.LevelAt(1), Survey), (ResourcePath.LevelAt(2), Interview), (ResourcePath.LevelAt(3), Attachment),
        ];
        return new QuotaPolicy(name, [.. levels.Where(level => level.Windows.Count > 0).Select(level => new QuotaLevel(
            level.Level, [.. level.Windows.OrderBy(window => window.Period).Select(window => new QuotaWindow(window.Count, window.Period))]))]);
    }
}

/// <summary>A window that opens at its first call.</summary>
internal sealed class QuotaWindowOptions
{
    /// <summary>Calls per window; 1 to 10^12.</summary>
    public long Count { get; set; }

    /// <summary>Its length; 1 ms to 100 years.</summary>
    public TimeSpan Period { get; set; }
}
