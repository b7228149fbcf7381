using System.Xml.Linq;
using ApiPoc.Testing;

namespace ApiPoc.Architecture.Tests;

/// <summary>A project and the directories of the projects it references, each by its path from the repository's root.</summary>
internal sealed record ProjectFile(string Path, IReadOnlyList<string> References)
{
    public string Directory => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    /// <summary>Every project but the polyfills, which stand for packages.</summary>
    public static IReadOnlyList<ProjectFile> All { get; } =
        [.. Repository.Files(".csproj").Where(path => !path.StartsWith("polyfills/", StringComparison.Ordinal)).Select(Load)];

    private static ProjectFile Load(string path)
    {
        string folderProps = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, "..", "Directory.Build.props");
        bool hasFolderProps = path.Count(character => character == '/') > 1 && File.Exists(Absolute(folderProps));
        return new ProjectFile(path, [.. ReferencesIn(path), .. hasFolderProps ? ReferencesIn(folderProps) : []]);
    }

    private static IEnumerable<string> ReferencesIn(string path) =>
        from reference in XDocument.Load(Absolute(path)).Descendants("ProjectReference")
        let include = reference.Attribute("Include")?.Value
        where include is not null
        let project = include.Replace("$(RepoRoot)", RepositoryRoot.Path + "/", StringComparison.Ordinal)
        let directory = System.IO.Path.GetDirectoryName(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Absolute(path))!, project))!
        select System.IO.Path.GetRelativePath(RepositoryRoot.Path, directory).Replace('\\', '/');

    private static string Absolute(string path) => System.IO.Path.GetFullPath(path, RepositoryRoot.Path);
}
