namespace ApiPoc.Domain.Throttling;

/// <summary>Measures another admission.</summary>
public sealed class MeteredAdmission(IAdmission inner, ThrottlingMetrics metrics, TimeProvider clock) : IAdmission
{
    /// <inheritdoc/>
    public async ValueTask<AdmissionDecision> AdmitAsync(
        IReadOnlyList<Limit> limits, int cost = 1, CancellationToken cancellationToken = default)
    {
        long start = clock.GetTimestamp();
        try
        {
            var decision = await inner.AdmitAsync(limits, cost, cancellationToken);
            metrics.Decided(decision, cost, clock.GetElapsedTime(start));
            return decision;
        }
        catch (AdmissionUnavailableException)
        {
            metrics.WasUnavailable(clock.GetElapsedTime(start));
            throw;
        }
    }
}
