namespace ApiPoc.Benchmarks.Draining;

/// <summary>Ids of a drain's jobs, which tell their number.</summary>
internal static class JobNames
{
    private const string Prefix = "drain-";

    /// <summary>The id of a number.</summary>
    public static string Of(int number) => $"{Prefix}{number}";

    /// <summary>The number of an id.</summary>
    public static int Number(string id) => int.Parse(id[Prefix.Length..]);
}
