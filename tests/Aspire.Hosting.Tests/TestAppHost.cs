using System.Collections.Concurrent;
using System.Diagnostics;
using ApiPoc.Testing;

namespace Aspire.Hosting.Tests;

/// <summary>The process of tests/Aspire.Hosting.TestAppHost, and every process that came of it.</summary>
internal sealed class TestAppHost : IDisposable
{
    private const string Variable = "TEST_APPHOST";

    private readonly string _mark = $"{Variable}={Guid.NewGuid():N}";
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;

    private TestAppHost(int port, params string[] arguments)
    {
        Port = port;
        var start = new ProcessStartInfo("dotnet", [.. arguments, "--port", $"{port}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment[Variable] = _mark[(Variable.Length + 1)..];
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _lines.Enqueue(line.Data ?? string.Empty);
        _process.ErrorDataReceived += (_, line) => _lines.Enqueue(line.Data ?? string.Empty);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public IEnumerable<string> Lines => _lines;

    public static TestAppHost Start(int port, params string[] arguments) =>
        new(port, [new AppHostMetadata(typeof(TestAppHost).Assembly).TargetOf(new Projects.Aspire_Hosting_TestAppHost().ProjectPath)!, .. arguments]);

    public static TestAppHost StartByDotnetRun(int port) =>
        new(port, "run", "--no-build", "--project", new Projects.Aspire_Hosting_TestAppHost().ProjectPath, "--");

    public void Send(int signal) => PosixSignals.Send(_process, signal);

    public async Task WaitForLineAsync(params string[] expected)
    {
        await Eventually.IsTrueAsync(
            () => expected.All(text => _lines.Any(line => line.EndsWith(text, StringComparison.Ordinal))),
            TestApplication.Patience,
            () => $"Expected lines did not come. There were: {string.Join('\n', _lines)}");
    }

    /// <summary>The process id that a resource has said itself.</summary>
    public async Task<int> WaitForProcessIdAsync(string resource)
    {
        var prefix = $"warn: {resource}: pid ";
        await Eventually.IsTrueAsync(() => _lines.Any(line => line.StartsWith(prefix, StringComparison.Ordinal)), TestApplication.Patience, () => "It has not said its process id.");
        return int.Parse(_lines.First(line => line.StartsWith(prefix, StringComparison.Ordinal))[prefix.Length..]);
    }

    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        await _process.WaitForExitAsync().WaitAsync(limit);
        return _process.ExitCode;
    }

    /// <summary>The processes that carry this AppHost's mark in their environment, by command line.</summary>
    public IReadOnlyList<string> Descendants() => ProcessList.With(_mark, exceptFor: _process.Id);

    public void KillDescendant(string text)
    {
        var line = Descendants().Single(each => each.Contains(text, StringComparison.Ordinal));
        using var process = Process.GetProcessById(int.Parse(line[..line.IndexOf(' ')]));
        process.Kill();
    }

    public Task WaitForNoDescendantsAsync(TimeSpan limit) => Eventually.IsTrueAsync(
        () => Descendants().Count == 0, limit, () => $"Still running: {string.Join('\n', Descendants())}");

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
