namespace ApiPoc.Domain.Throttling;

/// <summary>
/// Answers "may this pass?" for a set of limits in one atomic step: either every limit admits and all are charged, or one
/// refuses and none is charged. Everything in this system that says "no" asks here.
/// </summary>
public interface IAdmission
{
    /// <summary>Decides and, when admitted, charges every limit.</summary>
    /// <param name="limits">The limits to pass, in the order they are to be named when several refuse; keys are distinct; empty admits.</param>
    /// <param name="cost">How many requests to charge, at least 1; or 0 to look without charging (then admitted means: a request would be).</param>
    /// <param name="cancellationToken">Gives up waiting; the charge may have happened.</param>
    /// <returns>The decision with the state of every limit after it.</returns>
    /// <exception cref="AdmissionUnavailableException">The store did not answer in time; nothing is known of the charge.</exception>
    ValueTask<AdmissionDecision> AdmitAsync(IReadOnlyList<Limit> limits, int cost = 1, CancellationToken cancellationToken = default);
}

/// <summary>The store behind an <see cref="IAdmission"/> could not answer; callers choose to fail open or closed.</summary>
public sealed class AdmissionUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
