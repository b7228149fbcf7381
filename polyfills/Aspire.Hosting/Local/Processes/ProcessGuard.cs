using System.Diagnostics;

namespace Aspire.Hosting.Local.Processes;

/// <summary>
/// A small shell process (guard.sh) that ends all process groups of this run when the AppHost is gone without having done so,
/// SIGKILL included. The kernel tells it: the AppHost's end of the pipe closes. (A parent-death signal would not do: it fires
/// when the thread that forked ends, not the process.)
/// </summary>
internal sealed class ProcessGuard : IDisposable
{
    /// <summary>The environment variable that every process of the run carries.</summary>
    public const string MarkVariable = "ASPIRE_APPHOST_RUN";

    /// <summary>How long the guard may look for processes that were left behind when the AppHost ends in order.</summary>
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Process? _guard;

    public string Mark { get; } = Guid.NewGuid().ToString("N");

    public void Start()
    {
        if (OperatingSystem.IsWindows())
            throw new DistributedApplicationException("The local stand-in for Aspire runs on Linux; on other systems restore the real packages.");
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["sh", "-c", Script(), "aspire-guard", $"{MarkVariable}={Mark}"])
            start.ArgumentList.Add(argument);
        _guard = Process.Start(start);
    }

    public void Add(int group) => Tell($"+{group}");

    public void Remove(int group) => Tell($"-{group}");

    /// <summary>Lets the guard end, and waits for it; it ends whatever is still registered.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _guard?.StandardInput.Dispose();
            _guard?.WaitForExit(LastLook);
            _guard?.Dispose();
            _guard = null;
        }
    }

    private void Tell(string line)
    {
        lock (_lock)
        {
            try
            {
                _guard?.StandardInput.WriteLine(line);
                _guard?.StandardInput.Flush();
            }
            catch (IOException)
            {
                // Somebody has ended the guard. The application runs on, and still ends its processes when it ends in order.
            }
        }
    }

    private static string Script()
    {
        using var reader = new StreamReader(typeof(ProcessGuard).Assembly.GetManifestResourceStream("guard.sh")!);
        return reader.ReadToEnd();
    }
}
