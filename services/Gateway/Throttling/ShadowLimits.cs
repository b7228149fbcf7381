using ApiPoc.Domain.Throttling;
using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Throttling;

/// <summary>Counts what limits that run dry would have refused. Each is asked by itself, as if it alone were new, and nobody waits for it.</summary>
internal sealed class ShadowLimits(IAdmission admission, GatewayThrottlingMetrics metrics)
{
    private const int MaxWaiting = 1000;
    private int _waiting;

    /// <summary>Asks <paramref name="limits"/> in the background.</summary>
    public void Count(GatewayCall call, IReadOnlyList<Limit> limits)
    {
        foreach (var limit in limits)
        {
            if (Interlocked.Increment(ref _waiting) <= MaxWaiting)
                _ = CountAsync(call, limit);
            else
                Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task CountAsync(GatewayCall call, Limit limit)
    {
        try
        {
            var decision = await admission.AdmitAsync([limit], cost: 1, CancellationToken.None);
            metrics.ShadowDecided(call, limit, decision.IsAdmitted);
        }
        catch (AdmissionUnavailableException)
        {
            // A dry run has no say, and so no failure mode.
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
