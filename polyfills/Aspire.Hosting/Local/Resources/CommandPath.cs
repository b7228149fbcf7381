namespace Aspire.Hosting.Local.Resources;

/// <summary>Finds programs as a shell does, so that a missing one is said by name before anything is started.</summary>
internal static class CommandPath
{
    public static string Resolve(string command, string workingDirectory) => Find(command, workingDirectory)
        ?? throw new DistributedApplicationException($"The program '{command}' was not found.");

    public static string? Find(string command, string workingDirectory)
    {
        if (command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return Path.GetFullPath(command, workingDirectory) is var path && File.Exists(path) ? path : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, command))
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path) => File.Exists(path)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
