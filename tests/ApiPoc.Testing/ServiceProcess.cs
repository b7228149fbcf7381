using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ApiPoc.Testing;

/// <summary>
/// A service as a process of its own, as the AppHost starts it, on a free loopback port. The test project references the service's
/// project, so that it is built. It ends with the test process.
/// </summary>
public sealed partial class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource<Uri?> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpClient? _http;

    private ServiceProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => ReadOutput(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Speaks to the service.</summary>
    public HttpClient Http => _http ?? throw new InvalidOperationException("The service does not listen.");

    /// <summary>What it has printed on standard output.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>What it has printed on standard error.</summary>
    public string Errors => string.Join('\n', _errors);

    /// <summary>Starts <paramref name="service"/>, e.g. <c>TaskMaster</c>, and waits until it listens.</summary>
    /// <param name="service">The folder under services/.</param>
    /// <param name="settings">Configuration by key, e.g. <c>Runs:JobsOnStart</c>; over what appsettings.json has.</param>
    public static async Task<ServiceProcess> StartAsync(string service, params (string Key, string? Value)[] settings)
    {
        var started = Launch(service, folder: null, settings);
        var address = await started._listening.Task.WaitAsync(Budget);
        if (address is null)
            throw new InvalidOperationException($"{service} did not start:\n{started.Output}\n{started.Errors}");
        started._http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        return started;
    }

    /// <summary>Runs <paramref name="service"/> to its own end, as when its settings are wrong.</summary>
    /// <param name="service">The folder under services/.</param>
    /// <param name="folder">Where it looks for appsettings.json; null for its own.</param>
    /// <param name="settings">Configuration by key.</param>
    public static async Task<(int ExitCode, string Errors)> RunAsync(string service, string? folder, params (string Key, string? Value)[] settings)
    {
        await using var process = Launch(service, folder, settings);
        return (await process.WaitForExitAsync(), process.Errors);
    }

    /// <summary>Sends one of <see cref="PosixSignals"/>: kill, freeze, go on.</summary>
    public void Send(int signal) => PosixSignals.Send(_process, signal);

    /// <summary>Asks it to stop (SIGTERM) and waits.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopAsync()
    {
        PosixSignals.Send(_process, PosixSignals.Terminate);
        return WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        if (!_process.HasExited)
            _process.Kill();
        await WaitForExitAsync();
        _process.Dispose();
        _http?.Dispose();
    }

    private static ServiceProcess Launch(string service, string? folder, (string Key, string? Value)[] settings)
    {
        // The service was built beside the tests, in the same configuration: artifacts/bin/{project}/{configuration}.
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string home = Path.Combine(RepositoryRoot.Path, "artifacts", "bin", service, configuration);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(home, $"ApiPoc.{service}.dll")])
        {
            UseShellExecute = false,
            WorkingDirectory = folder ?? home,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" },
        };
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return new ServiceProcess(Process.Start(start)!);
    }

    private async Task<int> WaitForExitAsync()
    {
        using var budget = new CancellationTokenSource(Budget);
        await _process.WaitForExitAsync(budget.Token);
        return _process.ExitCode;
    }

    private void ReadOutput(string? line)
    {
        Keep(_output, line);
        if (line is null)
            _listening.TrySetResult(null);
        else if (ListeningLine().Match(line) is { Success: true } listening)
            _listening.TrySetResult(new Uri(listening.Groups["address"].Value));
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }

    private void KillAtExit(object? sender, EventArgs e) => _process.Kill();

    [GeneratedRegex(@"Now listening on: (?<address>http://127\.0\.0\.1:\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListeningLine();
}
