using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ApiPoc.Testing;

/// <summary>
/// SQS and SNS of its own on a free loopback port: the npm emulator of the embedded backing, installed when missing. Killed, paused and
/// restarted (empty) as the test wants; it ends with the test process, however that ends.
/// </summary>
public sealed partial class SqsEmulator : IAsyncDisposable
{
    private static readonly TimeSpan StartBudget = TimeSpan.FromSeconds(30);
    private Process? _process;

    private SqsEmulator()
    {
    }

    /// <summary>The port it listens on; kept over restarts.</summary>
    public int Port { get; private set; }

    /// <summary>For <c>AWS_ENDPOINT_URL</c>.</summary>
    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>The settings a service finds it by, as configuration or environment variables.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["AWS_ENDPOINT_URL"] = Url,
        ["AWS_REGION"] = "eu-west-1",
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
    };

    /// <summary>Installs the emulator when missing, starts one and waits until it listens.</summary>
    public static async Task<SqsEmulator> StartAsync(CancellationToken cancellationToken = default)
    {
        await SetupScript.RunAsync("npm-ci.sh", [BackingFolder], cancellationToken);
        var emulator = new SqsEmulator();
        await emulator.LaunchAsync(cancellationToken);
        return emulator;
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

    /// <summary>Kills it if it runs and starts it again on the same port, without queues and topics.</summary>
    public Task RestartAsync(CancellationToken cancellationToken = default)
    {
        Kill();
        return LaunchAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Kill();
        return ValueTask.CompletedTask;
    }

    private static string BackingFolder => Path.Combine(RepositoryRoot.Path, "eng", "backing");

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        // Port 0 lets the system choose; the emulator holds its standard input open and ends when this process does.
        var start = new ProcessStartInfo("node", ["sqs-sns.mjs", $"{Port}", "--until-stdin-closes"])
        {
            UseShellExecute = false,
            WorkingDirectory = BackingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        budget.CancelAfter(StartBudget);
        var line = await _process.StandardOutput.ReadLineAsync(budget.Token);
        if (line is null || ReadyLine().Match(line) is not { Success: true } ready)
            throw new InvalidOperationException($"The SQS emulator did not start: {line}{await _process.StandardError.ReadToEndAsync(budget.Token)}");
        Port = int.Parse(ready.Groups["port"].Value);
    }

    [GeneratedRegex(@"ready on http://127\.0\.0\.1:(?<port>\d+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadyLine();
}
