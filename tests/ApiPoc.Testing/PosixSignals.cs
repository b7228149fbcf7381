using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ApiPoc.Testing;

/// <summary>Sends signals that <see cref="Process"/> cannot: freeze, go on, ask to end.</summary>
public static class PosixSignals
{
    /// <summary>SIGKILL.</summary>
    public const int Kill = 9;

    /// <summary>SIGTERM.</summary>
    public const int Terminate = 15;

    /// <summary>SIGCONT, which Linux and macOS number differently.</summary>
    public static int Continue => OperatingSystem.IsMacOS() ? 19 : 18;

    /// <summary>SIGSTOP, which Linux and macOS number differently.</summary>
    public static int Stop => OperatingSystem.IsMacOS() ? 17 : 19;

    /// <summary>Sends <paramref name="signal"/>; a process that is already gone is no error.</summary>
    public static void Send(Process process, int signal)
    {
        if (!process.HasExited)
            _ = SendSignal(process.Id, signal);
    }

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}
