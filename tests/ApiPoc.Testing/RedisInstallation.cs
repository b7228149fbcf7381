using System.Diagnostics;

namespace ApiPoc.Testing;

/// <summary>Makes sure that redis-server is installed, by the repository's own set-up script.</summary>
internal static class RedisInstallation
{
    private static readonly TimeSpan InstallBudget = TimeSpan.FromMinutes(5);

    public static async Task EnsureAsync(CancellationToken cancellationToken)
    {
        // The script itself looks first and does nothing when the server is present; it also waits for a concurrent installation.
        string script = Path.Combine(RepositoryRoot.Path, "eng", "setup", "redis-server.sh");
        var start = new ProcessStartInfo("sh", [script]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        budget.CancelAfter(InstallBudget);
        var output = process.StandardOutput.ReadToEndAsync(budget.Token);
        var errors = process.StandardError.ReadToEndAsync(budget.Token);
        await process.WaitForExitAsync(budget.Token);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"redis-server could not be installed:\n{await output}{await errors}");
    }
}
