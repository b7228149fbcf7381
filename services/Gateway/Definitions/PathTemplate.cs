using System.Text.RegularExpressions;

namespace ApiPoc.Gateway.Definitions;

/// <summary>Text with <c>{name}</c> for a path parameter and <c>${stageVariables.name}</c> for a stage's variable.</summary>
internal static partial class PathTemplate
{
    /// <summary>The path parameters in <paramref name="template"/>.</summary>
    public static IEnumerable<string> ParametersOf(string template) => Parameter().Matches(template).Select(match => match.Groups["name"].Value);

    /// <summary>The stage variables in <paramref name="template"/>.</summary>
    public static IEnumerable<string> VariablesOf(string template) => Variable().Matches(template).Select(match => match.Groups["name"].Value);

    /// <summary>Replaces the stage variables; an unknown one becomes empty.</summary>
    public static string WithVariables(string template, IReadOnlyDictionary<string, string> variables) =>
        Variable().Replace(template, match => variables.GetValueOrDefault(match.Groups["name"].Value, ""));

    /// <summary>Replaces the path parameters; an unknown one becomes empty.</summary>
    public static string WithParameters(string template, IReadOnlyDictionary<string, string> parameters) =>
        Parameter().Replace(template, match => parameters.GetValueOrDefault(match.Groups["name"].Value, ""));

    [GeneratedRegex(@"(?<!\$)\{(?<name>[A-Za-z0-9_]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: PatternTimeout.Milliseconds)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\$\{stageVariables\.(?<name>[A-Za-z0-9_]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: PatternTimeout.Milliseconds)]
    private static partial Regex Variable();
}
