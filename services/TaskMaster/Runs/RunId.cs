namespace ApiPoc.TaskMaster.Runs;

internal static class RunId
{
    /// <summary>Unique, sorted by time, and says where the run came from.</summary>
    public static string Create(string source, TimeProvider clock) => $"{source}-{Guid.CreateVersion7(clock.GetUtcNow()):N}";
}
