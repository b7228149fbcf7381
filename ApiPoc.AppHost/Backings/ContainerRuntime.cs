using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace ApiPoc.AppHost.Backings;

/// <summary>Asks whether containers can be run here. A client without its engine does not count: its containers would never start.</summary>
internal static class ContainerRuntime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks the runtime that Aspire would use: the configured one, else docker, else podman.</summary>
    public static bool Answers(IConfiguration configuration)
    {
        var configured = configuration["ASPIRE_CONTAINER_RUNTIME"];
        return configured is { Length: > 0 } ? Answers(configured) : Answers("docker") || Answers("podman");
    }

    private static bool Answers(string client)
    {
        try
        {
            var start = new ProcessStartInfo(client, ["info"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(Patience))
                return process.ExitCode == 0;
            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
