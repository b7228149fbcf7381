using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Concurrency;

/// <summary>Refuses with 500 what the back end has no place for.</summary>
internal sealed class ConcurrencyStep : IGatewayStep
{
    /// <inheritdoc/>
    public ValueTask<IGatewayAnswer?> RunAsync(GatewayCall call)
    {
        if (call.Method!.Concurrency is not { } gate)
            return GatewayCall.GoOn;
        if (!gate.TryEnter())
            return GatewayCall.Refuse(call.Errors.IntegrationThrottled);
        call.Lease = gate;
        return GatewayCall.GoOn;
    }
}
