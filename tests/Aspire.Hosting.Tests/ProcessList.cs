namespace Aspire.Hosting.Tests;

/// <summary>Looks at the processes of the machine; one that has ended and only waits to be collected does not count.</summary>
internal static class ProcessList
{
    public static bool IsAlive(int id) => Read(id, "cmdline").Length > 0;

    /// <summary>The processes with that "NAME=value" in their environment.</summary>
    public static IReadOnlyList<string> With(string variable, int exceptFor) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!))
            .Where(id => id != exceptFor && Read(id, "environ").Split('\0').Contains(variable) && IsAlive(id))
            .Select(id => $"{id} {Read(id, "cmdline").Replace('\0', ' ')}"),
    ];

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
