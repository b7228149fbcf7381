namespace ApiPoc.Simulation;

/// <summary>The original's quota, per 60 s: surveys 20, their interviews 10 of these, and attachments 5 of those; and jobs for all three, 6 : 3 : 1.</summary>
public static class Hierarchy
{
    /// <summary>Its levels.</summary>
    public static IReadOnlyList<(string Name, string AppliesTo, long Size)> Levels { get; } =
    [
        ("survey", "survey/**", 20),
        ("survey:interview", "survey/*/interview/**", 10),
        ("survey:interview:attachment", "survey/*/interview/*/attachment/**", 5),
    ];

    /// <summary>The resource of a job; the kinds are spread evenly.</summary>
    public static string Resource(int job) => (job % 10) switch
    {
        4 => $"survey/{job}/interview/1/attachment",
        1 or 6 or 8 => $"survey/{job}/interview",
        _ => $"survey/{job}",
    };

    /// <summary>The least number of windows for so many jobs: the level that needs most of them decides.</summary>
    public static int Windows(int jobs)
    {
        var patterns = Levels.Select(level => (Pattern: new Domain.Quotas.ResourcePattern(level.AppliesTo), level.Size));
        return patterns.Max(level => (int)Math.Ceiling(Enumerable.Range(0, jobs).Count(job => level.Pattern.Matches(Resource(job))) / (double)level.Size));
    }
}
