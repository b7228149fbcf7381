namespace ApiPoc.Architecture.Tests;

/// <summary>How source files are to look; one complaint names the file and the cure.</summary>
internal static class SourceRules
{
    private const int MaxLines = 300;
    private static readonly string[] VagueNames = ["Extensions", "Helpers", "Helper", "Utils", "Util", "Utilities", "Common", "Misc"];

    public static IEnumerable<string> Complaints(string path, IReadOnlyList<string> lines)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        if (lines.Count > MaxLinesOf(path))
            yield return $"{path} has {lines.Count} lines, {MaxLinesOf(path)} are allowed: give its second subject a file of its own";
        if (VagueNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            yield return $"{path}: the name says nothing; call the file after its subject";

        // A polyfill may have to follow the package it stands for.
        if (path.StartsWith("polyfills/", StringComparison.Ordinal))
            yield break;
        for (int line = 0; line < lines.Count; line++)
        {
            if (lines[line].TrimStart().StartsWith("#if", StringComparison.Ordinal))
                yield return $"{path}:{line + 1}: conditional compilation makes two programs of one; move the difference into polyfills/";
        }
    }

    private static int MaxLinesOf(string path) => Path.GetFileName(path) switch
    {
        "AppHost.cs" => 70,
        "Program.cs" when path.StartsWith("services/", StringComparison.Ordinal) => 30,
        _ => MaxLines,
    };
}
