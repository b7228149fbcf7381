using System.Diagnostics;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks.Draining.Peers;

/// <summary>One process of a peer (eng/peers/drain.mjs): ready, go, done. It ends with this process, however that ends.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartBudget = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Task<string> _errors;
    private TimeSpan? _usedWhenKilled;

    private PeerProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The peers' folder.</summary>
    public static string Folder => Path.Combine(RepositoryRoot.Path, "eng", "peers");

    /// <summary>The processor time it has used; for a killed one what it had used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _usedWhenKilled ?? _process.TotalProcessorTime;
        }
    }

    /// <summary>Completes when its own jobs are done, or it has ended.</summary>
    public Task Done { get; private set; } = Task.CompletedTask;

    /// <summary>Starts one and waits until it could begin.</summary>
    public static async Task<PeerProcess> StartAsync(string peer, string settings)
    {
        var started = new PeerProcess(Process.Start(new ProcessStartInfo("node", ["drain.mjs", peer, settings])
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
        string? line = await started._process.StandardOutput.ReadLineAsync().WaitAsync(StartBudget);
        return line == "ready" ? started : throw new InvalidOperationException($"{peer} did not start: {line} {await started._errors}");
    }

    /// <summary>Lets it begin.</summary>
    public async Task GoAsync()
    {
        await _process.StandardInput.WriteLineAsync("go");
        Done = _process.StandardOutput.ReadLineAsync();
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _usedWhenKilled = ProcessorTime;
        _process.Kill();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
