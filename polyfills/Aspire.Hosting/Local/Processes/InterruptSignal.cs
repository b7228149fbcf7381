using System.Runtime.InteropServices;

namespace Aspire.Hosting.Local.Processes;

/// <summary>
/// Makes SIGINT end an application that a script started in the background: shells let such a process ignore the signal, .NET
/// keeps what it inherits, and whoever sends it all the same means it.
/// </summary>
internal static class InterruptSignal
{
    private const int Interrupt = 2;
    private const nint ByDefault = 0;
    private const nint Ignored = 1;

    /// <summary>To be called before anything in the process asks to handle signals.</summary>
    public static void Listen()
    {
        if (OperatingSystem.IsWindows())
            return;
        var inherited = Signal(Interrupt, ByDefault);
        if (inherited != Ignored)
            Signal(Interrupt, inherited);
    }

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Signal(int number, nint handler);
}
