namespace ApiPoc.ServiceDefaults.Rehearsing;

/// <summary>
/// Goes through what the process will do, before it is ready: code is compiled when it first runs, and the first window of a quota is too
/// short to wait for that. A rehearsal has no effect on anybody else.
/// </summary>
public interface IRehearsal
{
    /// <summary>How often each step is taken: the first round makes connections, the next ones find them made.</summary>
    const int Rounds = 5;

    /// <summary>Runs it, once, when the process has started. It may throw: then the first work takes longer, and nothing else is lost.</summary>
    /// <param name="cancellationToken">Gives it up.</param>
    Task RunAsync(CancellationToken cancellationToken);
}
