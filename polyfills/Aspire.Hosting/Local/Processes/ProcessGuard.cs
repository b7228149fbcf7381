using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Processes;

/// <summary>
/// A small shell process (guard.sh) that ends all process groups of this run when the AppHost is gone without having done so,
/// SIGKILL included. The kernel tells it: the AppHost's end of the pipe closes. (A parent-death signal would not do: it fires
/// when the thread that forked ends, not the process.) A guard that somebody ends is replaced.
/// </summary>
internal sealed class ProcessGuard(TimeProvider clock, ILogger<DistributedApplication> logger) : IDisposable
{
    /// <summary>The environment variable that every process of the run carries.</summary>
    public const string MarkVariable = "ASPIRE_APPHOST_RUN";

    /// <summary>How long the guard may look for processes that were left behind when the AppHost ends in order.</summary>
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReplacePause = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly HashSet<int> _groups = [];
    private Process? _guard;

    public string Mark { get; } = Guid.NewGuid().ToString("N");

    public void Start()
    {
        if (OperatingSystem.IsWindows())
            throw new DistributedApplicationException("The local stand-in for Aspire runs on Linux; on other systems restore the real packages.");
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["sh", "-c", Script(), "aspire-guard", $"{MarkVariable}={Mark}"])
            start.ArgumentList.Add(argument);
        lock (_lock)
        {
            _guard = Process.Start(start)!;
            foreach (var group in _groups)
                Tell($"+{group}");
            _ = ReplaceWhenGoneAsync(_guard);
        }
    }

    public void Add(int group)
    {
        lock (_lock)
        {
            _groups.Add(group);
            Tell($"+{group}");
        }
    }

    public void Remove(int group)
    {
        lock (_lock)
        {
            _groups.Remove(group);
            Tell($"-{group}");
        }
    }

    /// <summary>Lets the guard end, and waits for it; it ends whatever is still registered.</summary>
    public void Dispose()
    {
        Process? guard;
        lock (_lock)
        {
            guard = _guard;
            _guard = null;
        }

        guard?.StandardInput.Dispose();
        guard?.WaitForExit(LastLook);
        guard?.Dispose();
    }

    private void Tell(string line)
    {
        try
        {
            _guard?.StandardInput.WriteLine(line);
            _guard?.StandardInput.Flush();
        }
        catch (IOException)
        {
            // The guard has just been ended by somebody; its successor is told everything.
        }
    }

    private async Task ReplaceWhenGoneAsync(Process guard)
    {
        await guard.WaitForExitAsync();
        lock (_lock)
        {
            if (_guard != guard)
                return;
        }

        LocalLog.GuardGone(logger);
        await Task.Delay(ReplacePause, clock);
        lock (_lock)
        {
            if (_guard != guard)
                return;
            guard.Dispose();
            Start();
        }
    }

    private static string Script()
    {
        using var reader = new StreamReader(typeof(ProcessGuard).Assembly.GetManifestResourceStream("guard.sh")!);
        return reader.ReadToEnd();
    }
}
