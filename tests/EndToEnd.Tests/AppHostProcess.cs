using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using ApiPoc.Testing;

namespace ApiPoc.EndToEnd;

/// <summary><c>dotnet run --project ApiPoc.AppHost</c> in a terminal of its own, and Ctrl-C.</summary>
internal sealed partial class AppHostProcess : IAsyncDisposable
{
    // Packages of the dashboard and the emulator are installed at the first start on a machine.
    private static readonly TimeSpan StartBudget = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan EndBudget = TimeSpan.FromSeconds(60);
    private const int Interrupt = 2;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<Uri> _dashboard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AppHostProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The dashboard's address with its login token.</summary>
    public Uri Dashboard => _dashboard.Task.Result;

    /// <summary>Everything printed so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts the stack and waits until it prints the dashboard's address.</summary>
    public static async Task<AppHostProcess> StartAsync(params string[] arguments)
    {
        var appHost = Launch(arguments);
        try
        {
            await appHost._dashboard.Task.WaitAsync(StartBudget);
            return appHost;
        }
        catch (Exception exception)
        {
            await appHost.DisposeAsync();
            throw new InvalidOperationException($"The AppHost did not start:\n{appHost.Output}", exception);
        }
    }

    /// <summary>Presses Ctrl-C: the terminal sends SIGINT to all processes of the group in its foreground.</summary>
    /// <returns>The exit code, and how long it took.</returns>
    public async Task<(int ExitCode, TimeSpan Took)> InterruptAsync()
    {
        long start = TimeProvider.System.GetTimestamp();
        _ = SendSignal(-_process.Id, Interrupt);
        using var budget = new CancellationTokenSource(EndBudget);
        await _process.WaitForExitAsync(budget.Token);
        return (_process.ExitCode, TimeProvider.System.GetElapsedTime(start));
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        if (!_process.HasExited)
            await InterruptAsync();
        _process.Dispose();
    }

    private static AppHostProcess Launch(string[] arguments)
    {
        // The tests' own configuration is the one that was built.
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string[] run = ["dotnet", "run", "--project", "ApiPoc.AppHost", "--no-build", "--configuration", configuration, "--", .. arguments];
        var start = new ProcessStartInfo("setsid", run)
        {
            UseShellExecute = false,
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Only what a test sends is to be counted: the stack's own schedule would send more on some minutes.
        start.Environment["Schedules__steady__Enabled"] = "false";
        return new AppHostProcess(Process.Start(start)!);
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            _dashboard.TrySetException(new InvalidOperationException("It ended before it printed the dashboard's address."));
            return;
        }

        _output.Enqueue(line);
        if (LoginLine().Match(line) is { Success: true } login)
            _dashboard.TrySetResult(new Uri(login.Groups["address"].Value));
    }

    private void KillAtExit(object? sender, EventArgs e) => _process.Kill(entireProcessTree: true);

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);

    [GeneratedRegex(@"Login to the dashboard at (?<address>http\S+/login\?t=\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LoginLine();
}
