using ApiPoc.Testing;

namespace ApiPoc.Architecture.Tests;

/// <summary>The files people wrote, by their path from the repository's root with forward slashes.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["artifacts", "bin", "obj", "node_modules", ".git", "TestResults"];

    public static IReadOnlyList<string> Files(string extension) =>
    [
        .. Walk(new DirectoryInfo(RepositoryRoot.Path))
            .Where(file => file.Extension == extension)
            .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file.FullName).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string path) => File.ReadAllText(Path.Combine(RepositoryRoot.Path, path));

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(RepositoryRoot.Path, path));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo directory) => directory.EnumerateFiles()
        .Concat(directory.EnumerateDirectories().Where(child => !NotOurs.Contains(child.Name)).SelectMany(Walk));
}
