namespace ApiPoc.Domain.Quotas;

/// <summary>Waits for an API that is about to open again, with a permit in hand.</summary>
public static class ShortClosing
{
    /// <summary>A closing that ends sooner is waited for: giving the permit or the job back would take as long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>What is only held until it is known what a 429 means is released early, so it is looked at again and again.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits while the API is closed to a tenant for a moment; not at all when it is open or closed for longer.</summary>
    /// <returns>Zero: it is open. Otherwise how long it is still closed.</returns>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public static async Task<TimeSpan> WaitOutAsync(this IQuotaGate gate, string apiId, string tenant, TimeProvider clock, CancellationToken cancellationToken)
    {
        var closed = gate.ClosedFor(apiId, tenant);
        for (; closed > TimeSpan.Zero && closed <= Patience; closed = gate.ClosedFor(apiId, tenant))
            await clock.DelayFullyAsync(closed < Step ? closed : Step, cancellationToken);
        return closed;
    }
}
