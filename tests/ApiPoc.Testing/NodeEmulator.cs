using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ApiPoc.Testing;

/// <summary>
/// An emulator of the embedded backing (eng/backing) on a free loopback port, installed when missing. It ends with the test process,
/// however that ends.
/// </summary>
internal sealed partial class NodeEmulator(string script)
{
    private static readonly TimeSpan StartBudget = TimeSpan.FromSeconds(30);
    private Process? _process;

    /// <summary>The port it listens on; kept over restarts.</summary>
    public int Port { get; private set; }

    private static string Folder => Path.Combine(RepositoryRoot.Path, "eng", "backing");

    /// <summary>Installs the emulator when missing, starts it and waits until it listens.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await SetupScript.RunAsync("npm-ci.sh", [Folder], cancellationToken);
        await LaunchAsync(cancellationToken);
    }

    /// <summary>Kills it (SIGKILL): clients see their connections reset, and what it held is gone.</summary>
    public void Kill()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>Freezes it (SIGSTOP): connections stay open and nothing is answered.</summary>
    public void Pause() => PosixSignals.Send(_process!, PosixSignals.Stop);

    /// <summary>Lets a paused emulator go on (SIGCONT).</summary>
    public void Resume() => PosixSignals.Send(_process!, PosixSignals.Continue);

    /// <summary>Starts it, empty, on the port it had, if it had one.</summary>
    public async Task LaunchAsync(CancellationToken cancellationToken)
    {
        // Port 0 lets the system choose; the emulator holds its standard input open and ends when this process does.
        var start = new ProcessStartInfo("node", [script, $"{Port}", "--until-stdin-closes"])
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        budget.CancelAfter(StartBudget);
        var line = await _process.StandardOutput.ReadLineAsync(budget.Token);
        if (line is null || ReadyLine().Match(line) is not { Success: true } ready)
            throw new InvalidOperationException($"{script} did not start: {line}{await _process.StandardError.ReadToEndAsync(budget.Token)}");
        Port = int.Parse(ready.Groups["port"].Value);
    }

    [GeneratedRegex(@"ready on http://127\.0\.0\.1:(?<port>\d+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadyLine();
}
