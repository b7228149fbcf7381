using System.Diagnostics;

namespace ApiPoc.Testing;

/// <summary>Runs one of the repository's set-up scripts, which look first and do nothing when all is there.</summary>
public static class SetupScript
{
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(5);

    /// <summary>Runs <c>eng/setup/{name}</c>.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public static async Task RunAsync(string name, string[] arguments, CancellationToken cancellationToken)
    {
        var script = Path.Combine(RepositoryRoot.Path, "eng", "setup", name);
        var start = new ProcessStartInfo("sh", [script, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        budget.CancelAfter(Budget);
        var output = process.StandardOutput.ReadToEndAsync(budget.Token);
        var errors = process.StandardError.ReadToEndAsync(budget.Token);
        await process.WaitForExitAsync(budget.Token);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"eng/setup/{name} failed:\n{await output}{await errors}");
    }
}
