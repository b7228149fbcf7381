using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Caching;

/// <summary>
/// Answers from the cache. Of several calls that miss the same entry at once, one asks the back end and the others get its answer.
/// </summary>
internal sealed class CacheStep(AnswerCache cache, CacheFlights flights) : IGatewayStep
{
    /// <inheritdoc/>
    public ValueTask<IGatewayAnswer?> RunAsync(GatewayCall call)
    {
        if (call.Method!.Cache is not { } policy || !policy.AppliesTo(call))
            return GatewayCall.GoOn;
        string key = policy.KeyOf(call);
        if (call.IsInvalidation)
            return Miss(call, new CacheFill(cache, key, policy, flight: null));
        return cache.FindNear(key) is { } near ? Hit(call, near) : FindAsync(call, key, policy);
    }

    private async ValueTask<IGatewayAnswer?> FindAsync(GatewayCall call, string key, CachePolicy policy)
    {
        var flight = flights.Join(key, out bool isFirst);
        if (!isFirst)
        {
            // The first one's back end bounds this wait, for it ends by its time-out at the latest.
            return await flight.Result.WaitAsync(call.Aborted) is { } shared ? await Hit(call, shared) : await Miss(call, fill: null);
        }
        call.CacheFill = new CacheFill(cache, key, policy, flight);
        if (await cache.FindFarAsync(key, call.Aborted) is not { } far)
            return await Miss(call, call.CacheFill);
        flight.Land(far);
        call.CacheFill = null;
        return await Hit(call, far);
    }

    private static ValueTask<IGatewayAnswer?> Hit(GatewayCall call, IGatewayAnswer answer)
    {
        call.IsCacheHit = true;
        return new(answer);
    }

    private static ValueTask<IGatewayAnswer?> Miss(GatewayCall call, CacheFill? fill)
    {
        call.IsCacheHit = false;
        call.CacheFill = fill;
        return GatewayCall.GoOn;
    }
}
