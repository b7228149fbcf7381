namespace ApiPoc.Domain.Quotas;

/// <summary>Tells a process that is about to send a call whether a 429, met by anybody, has closed the API meanwhile.</summary>
public interface IQuotaGate
{
    /// <summary>How long the API is still closed to a tenant; zero when it is open. Asks nobody: it is told of changes.</summary>
    TimeSpan ClosedFor(string apiId, string tenant);

    /// <summary>
    /// Has everybody wait, this process at once, until the engine has been told of a 429 and said what it means, at most for a moment: a call
    /// that leaves meanwhile is likely to meet another. Nobody is told while the shared state is away.
    /// </summary>
    ValueTask HoldAsync(string apiId);

    /// <summary>Asks the shared state for the closing that is in force; null while the API is open.</summary>
    /// <exception cref="QuotaUnavailableException">The shared state could not be reached.</exception>
    Task<ApiClosing?> LookAsync(string apiId, CancellationToken cancellationToken);

    /// <summary>Starts being told; does nothing when it is already.</summary>
    /// <exception cref="QuotaUnavailableException">The shared state could not be reached.</exception>
    Task ListenAsync(CancellationToken cancellationToken);
}
