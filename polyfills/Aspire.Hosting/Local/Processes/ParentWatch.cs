using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Processes;

/// <summary>Stops the application when the <c>dotnet run</c> it was started by is gone: then nobody is left to press Ctrl-C.</summary>
internal sealed class ParentWatch(IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<DistributedApplication> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var parent = ParentId();
        if (!IsDotnetRun(parent))
            return;
        using var timer = new PeriodicTimer(Interval, clock);
        using var stop = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            if (ParentId() == parent)
                continue;
            LocalLog.ParentGone(logger);
            lifetime.StopApplication();
            return;
        }
    }

    private static bool IsDotnetRun(int process)
    {
        var file = $"/proc/{process}/cmdline";
        if (!File.Exists(file))
            return false;
        var arguments = File.ReadAllText(file).Split('\0');
        return Path.GetFileName(arguments[0]) == "dotnet" && arguments.Contains("run");
    }

    [DllImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ParentId();
}
