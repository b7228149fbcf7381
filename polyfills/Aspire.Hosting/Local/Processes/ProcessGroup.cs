using System.Runtime.InteropServices;

namespace Aspire.Hosting.Local.Processes;

/// <summary>Signals to a process and all its descendants that stayed in its group.</summary>
internal static partial class ProcessGroup
{
    private const int Kill = 9;
    private const int Terminate = 15;

    public static void SendTerminate(int group) => _ = Send(-group, Terminate);

    public static void SendKill(int group) => _ = Send(-group, Kill);

    // The result is not looked at: the one thing that can go wrong is that the group is gone already.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);
}
