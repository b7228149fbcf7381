namespace ApiPoc.ServiceDefaults.Rehearsing;

/// <summary>
/// Goes through what the process will do, before it is ready: code is compiled when it first runs, and the first window of a quota is too
/// short to wait for that. A rehearsal has no effect on anybody else.
/// </summary>
public interface IRehearsal
{
    /// <summary>More than the runtime counts before it compiles a method for good (30).</summary>
    const int Rounds = 40;

    /// <summary>Runs it, once, when the process has started. It may throw: then the first work takes longer, and nothing else is lost.</summary>
    /// <param name="cancellationToken">Gives it up.</param>
    Task RunAsync(CancellationToken cancellationToken);
}
