namespace ApiPoc.Architecture.Tests;

/// <summary>Which project may reference which: arrows point one way, and services meet on the wire only.</summary>
internal static class DependencyRules
{
    // What is not in the table may reference nothing. Tests may reference what they test, and are referenced by tests only.
    private static readonly (string From, string[] To)[] Allowed =
    [
        ("libraries/ApiPoc.Domain", []),
        ("libraries/ApiPoc.Redis", ["libraries/ApiPoc.Domain"]),
        ("libraries/ApiPoc.Messaging", ["libraries/ApiPoc.Domain"]),
        ("libraries/ApiPoc.Resilience", ["libraries/ApiPoc.Domain"]),
        ("ApiPoc.ServiceDefaults", []),
        ("services/*", ["libraries/*", "ApiPoc.ServiceDefaults"]),
        ("ApiPoc.AppHost", ["services/*"]),
        ("tests/*", ["tests/*", "services/*", "libraries/*", "ApiPoc.ServiceDefaults", "ApiPoc.AppHost"]),
    ];

    public static IEnumerable<string> Violations(IEnumerable<ProjectFile> projects) =>
        from project in projects
        from reference in project.References
        where !IsAllowed(project.Directory, reference)
        select $"{project.Path} references {reference}: not an arrow of tests/ApiPoc.Architecture.Tests/DependencyRules.cs; services meet on the wire, arrows point one way";

    private static bool IsAllowed(string from, string to) =>
        Allowed.Any(rule => Matches(from, rule.From) && rule.To.Any(pattern => Matches(to, pattern)));

    private static bool Matches(string directory, string pattern) => pattern.EndsWith('*')
        ? directory.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : directory == pattern;
}
