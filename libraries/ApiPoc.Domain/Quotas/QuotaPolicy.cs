using ApiPoc.Domain.Throttling;

namespace ApiPoc.Domain.Quotas;

/// <summary>The quotas an API gives each of its keys: for each level, how many calls per window.</summary>
/// <param name="Name">What configuration calls the policy.</param>
/// <param name="Levels">The levels; one that is not listed is unlimited.</param>
public sealed record QuotaPolicy(string Name, IReadOnlyList<QuotaLevel> Levels)
{
    /// <summary>The level that every path charges.</summary>
    public const string WholeApi = "api";

    /// <summary>Survey 20, interview 10 and attachment 5 per 60 s: the default.</summary>
    public static QuotaPolicy Original { get; } = new("original",
    [
        new("survey", [new(20, TimeSpan.FromSeconds(60))]),
        new("survey:interview", [new(10, TimeSpan.FromSeconds(60))]),
        new("survey:interview:attachment", [new(5, TimeSpan.FromSeconds(60))]),
    ]);

    /// <summary>2 per second, 120 per minute, 7,200 per hour and 172,800 per day over the whole API.</summary>
    public static QuotaPolicy Windows { get; } = new("windows",
    [
        new(WholeApi,
        [
            new(2, TimeSpan.FromSeconds(1)),
            new(120, TimeSpan.FromMinutes(1)),
            new(7_200, TimeSpan.FromHours(1)),
            new(172_800, TimeSpan.FromDays(1)),
        ]),
    ]);

    /// <summary>100 per second over the whole API, for demos and tests.</summary>
    public static QuotaPolicy Fast { get; } = new("fast", [new(WholeApi, [new(100, TimeSpan.FromSeconds(1))])]);

    /// <summary>The policies that need no configuration.</summary>
    public static IReadOnlyList<QuotaPolicy> Named { get; } = [Original, Windows, Fast];

    /// <summary>What a call to <paramref name="path"/> charges: its own level first, then each parent's, then the whole API's.</summary>
    public IReadOnlyList<QuotaLimit> LimitsFor(ResourcePath path, string apiKey) =>
        [.. path.Levels.Append(WholeApi).Select(Find).OfType<QuotaLevel>().SelectMany(level => Limits(level, apiKey))];

    /// <summary>All limits of a key.</summary>
    public IReadOnlyList<QuotaLimit> LimitsFor(string apiKey) => [.. Levels.SelectMany(level => Limits(level, apiKey))];

    private static IEnumerable<QuotaLimit> Limits(QuotaLevel level, string apiKey) =>
        level.Windows.Select(window => new QuotaLimit(
            level.Name, window, new WindowLimit($"{level.Name}:{window.Label}:{apiKey}", level.NameOf(window), window.Count, window.Period)));

    private QuotaLevel? Find(string name) => Levels.FirstOrDefault(level => level.Name == name);
}

/// <summary>One level of a policy.</summary>
/// <param name="Name">Which calls it counts, e.g. <c>survey:interview</c> (<see cref="ResourcePath.Levels"/>), or <see cref="QuotaPolicy.WholeApi"/>.</param>
/// <param name="Windows">Its windows, shortest first; each opens at its first call.</param>
public sealed record QuotaLevel(string Name, IReadOnlyList<QuotaWindow> Windows)
{
    /// <summary>What people call one of its windows: the level's own name where there is only one.</summary>
    public string NameOf(QuotaWindow window) => Windows.Count == 1 ? Name : $"{Name}:{window.Label}";
}

/// <summary>So many calls in so long a time.</summary>
/// <param name="Count">Calls per window; at least 1.</param>
/// <param name="Period">The window's length; at least 1 ms.</param>
public sealed record QuotaWindow(long Count, TimeSpan Period)
{
    /// <summary>Its length in seconds, e.g. <c>60s</c>.</summary>
    public string Label => $"{Period.TotalSeconds}s";
}

/// <summary>A window of a level, for one API key.</summary>
public sealed record QuotaLimit(string Level, QuotaWindow Window, WindowLimit Limit);
