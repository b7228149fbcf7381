namespace ApiPoc.Architecture.Tests;

internal static class Complaint
{
    /// <summary>Fails with one line per complaint, each naming the file to open.</summary>
    public static void None(IEnumerable<string> complaints)
    {
        string[] all = [.. complaints];
        Assert.True(all.Length == 0, string.Join(Environment.NewLine, all));
    }
}
