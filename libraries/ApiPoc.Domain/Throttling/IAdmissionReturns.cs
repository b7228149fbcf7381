namespace ApiPoc.Domain.Throttling;

/// <summary>
/// Takes back what was charged ahead of use and then not used. A window is left as if it had never been charged; a bucket is given what
/// has not drained since, so that it never admits more than one that was not charged.
/// </summary>
public interface IAdmissionReturns
{
    /// <summary>Gives back <paramref name="cost"/> of the requests that <paramref name="charged"/> was admitted for.</summary>
    /// <param name="charged">The decision that charged them. A window that has ended since is owed nothing.</param>
    /// <param name="cost">How many requests, at least 1 and at most what was charged.</param>
    /// <param name="cancellationToken">Gives up waiting; it may have been given back.</param>
    /// <exception cref="AdmissionUnavailableException">The store did not answer in time; nothing is known of the return.</exception>
    ValueTask ReturnAsync(AdmissionDecision charged, int cost, CancellationToken cancellationToken = default);
}
