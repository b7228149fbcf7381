namespace ApiPoc.Testing;

/// <summary>Finds the repository that the running tests were built from.</summary>
public static class RepositoryRoot
{
    /// <summary>The directory that holds ApiPoc.sln.</summary>
    public static string Path { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? directory)
    {
        while (directory is not null && !File.Exists(System.IO.Path.Combine(directory.FullName, "ApiPoc.sln")))
            directory = directory.Parent;
        return directory?.FullName
            ?? throw new InvalidOperationException($"No ApiPoc.sln above {AppContext.BaseDirectory}: run the tests from a clone of the repository.");
    }
}
