using System.Net.Http.Headers;

namespace ApiPoc.Domain.Quotas;

/// <summary>
/// <c>RateLimit</c> and <c>RateLimit-Policy</c> of draft-ietf-httpapi-ratelimit-headers: lists of named items
/// (<c>"burst";r=3;t=1, "daily";r=900;t=3600</c>, <c>"burst";q=10;w=1</c>), and the dictionary and three headers of its earlier
/// versions (<c>limit=10, remaining=3, reset=1</c>; <c>RateLimit-Limit</c>, <c>-Remaining</c>, <c>-Reset</c>).
/// </summary>
internal static class RateLimitHeaders
{
    private const int MostPolicies = 16;
    private const int LongestName = 64;

    /// <summary>What they say of the policy that binds soonest; null when they say nothing.</summary>
    public static QuotaHeaders? Read(HttpHeaders headers)
    {
        var policies = Items(headers, "RateLimit-Policy");
        var states = Items(headers, "RateLimit");
        if (states.Count > 0 && states[0].Parameters.ContainsKey("limit"))
            return FromDictionary(states[0].Parameters, policies);

        var state = states.Where(item => item.Count("r") is not null)
            .OrderBy(item => item.Count("r")).ThenByDescending(item => item.Time("t")).FirstOrDefault();
        if (state is not null)
        {
            var policy = policies.Find(item => item.Name == state.Name) ?? (policies.Count == 1 ? policies[0] : null);
            return new(policy?.Count("q"), policy?.Time("w"), state.Count("r"), state.Time("t"), null) { Policies = Named(policies, states) };
        }
        return FromThreeHeaders(headers) ?? FromPolicy(policies);
    }

    /// <summary>What is believed of policies is shared between processes: what nobody would read is left out.</summary>
    private static IReadOnlyList<QuotaPolicyHeader> Named(List<Item> policies, List<Item> states) =>
    [
        .. from policy in policies.Where(policy => policy.Name.Length <= LongestName).Take(MostPolicies)
           let state = states.Find(item => item.Name == policy.Name)
           let size = policy.Count("q")
           let window = policy.Time("w")
           where size > 0 && window > TimeSpan.Zero
           select new QuotaPolicyHeader(policy.Name, size.Value, window.Value, state?.Count("r"), state?.Time("t")),
    ];

    private static QuotaHeaders FromDictionary(Dictionary<string, string> members, List<Item> policies)
    {
        long? limit = QuotaHeaderReader.Count(members.GetValueOrDefault("limit"));
        return new(
            limit, WindowOf(limit, policies), QuotaHeaderReader.Count(members.GetValueOrDefault("remaining")),
            QuotaHeaderReader.Seconds(members.GetValueOrDefault("reset")), null);
    }

    private static QuotaHeaders? FromThreeHeaders(HttpHeaders headers)
    {
        // The limit's first item is its value; policies may follow: "100, 100;w=60".
        var limits = Items(headers, "RateLimit-Limit");
        long? limit = limits.Count > 0 ? QuotaHeaderReader.Count(limits[0].Name) : null;
        var remaining = QuotaHeaderReader.Count(QuotaHeaderReader.Single(headers, "RateLimit-Remaining"));
        var resetAfter = QuotaHeaderReader.Seconds(QuotaHeaderReader.Single(headers, "RateLimit-Reset"));
        return limit is null && remaining is null && resetAfter is null
            ? null
            : new(limit, WindowOf(limit, limits), remaining, resetAfter, null);
    }

    private static QuotaHeaders? FromPolicy(List<Item> policies) =>
        policies.Count == 1 && policies[0].Count("q") is { } limit ? new(limit, policies[0].Time("w"), null, null, null) : null;

    private static TimeSpan? WindowOf(long? limit, List<Item> policies) =>
        policies.Find(item => limit is not null && QuotaHeaderReader.Count(item.Name) == limit && item.Time("w") is not null)?.Time("w");

    private static List<Item> Items(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? StructuredList.Parse(string.Join(',', values)) : [];

    /// <summary>One list item: its name and its parameters.</summary>
    internal sealed record Item(string Name, Dictionary<string, string> Parameters)
    {
        public long? Count(string parameter) => QuotaHeaderReader.Count(Parameters.GetValueOrDefault(parameter));

        public TimeSpan? Time(string parameter) => QuotaHeaderReader.Seconds(Parameters.GetValueOrDefault(parameter));
    }
}
