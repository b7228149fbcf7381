namespace ApiPoc.Benchmarks;

/// <summary>How busy the machine is: a figure measured beside other work is another figure.</summary>
internal static class MachineLoad
{
    private const string Source = "/proc/loadavg";

    /// <summary>The load average of the last minute; empty where the system tells none.</summary>
    public static string Now => File.Exists(Source) ? File.ReadAllText(Source).Split(' ')[0] : "";
}
