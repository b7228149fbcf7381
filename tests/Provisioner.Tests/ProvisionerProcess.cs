using System.Diagnostics;

namespace ApiPoc.Provisioner.Tests;

/// <summary>The provisioner as it is run: a process with an environment, an exit code and output.</summary>
internal static class ProvisionerProcess
{
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(1);

    public static Task<(int ExitCode, string Output)> RunAsync(IReadOnlyDictionary<string, string?> aws, params string[] arguments) =>
        RunAsync(aws, _ => { }, arguments);

    /// <summary>Runs it and hands over each line of output as it comes.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyDictionary<string, string?> aws, Action<string> onLine, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ApiPoc.Provisioner.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in aws)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        using var budget = new CancellationTokenSource(Budget);
        var output = ReadAsync(process.StandardOutput, onLine, budget.Token);
        var errors = process.StandardError.ReadToEndAsync(budget.Token);
        try
        {
            await process.WaitForExitAsync(budget.Token);
        }
        finally
        {
            process.Kill();
        }

        return (process.ExitCode, await output + await errors);
    }

    private static async Task<string> ReadAsync(StreamReader reader, Action<string> onLine, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Add(line);
            onLine(line);
        }

        return string.Join('\n', lines);
    }
}
