using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Registry;

namespace ApiPoc.Gateway.ApiKeys;

/// <summary>
/// Lets in whose key is in a plan with this stage. While the registry cannot be reached nobody is let in, at once and without
/// waiting: a key may have been disabled since.
/// </summary>
internal sealed class ApiKeyStep(KeyDirectory directory, RegistryFreshness freshness) : IGatewayStep
{
    /// <inheritdoc/>
    public ValueTask<IGatewayAnswer?> RunAsync(GatewayCall call)
    {
        if (!call.Method!.Definition.ApiKeyRequired)
            return GatewayCall.GoOn;
        return freshness.IsFresh ? Check(call) : CheckAfterRefreshAsync(call);
    }

    private async ValueTask<IGatewayAnswer?> CheckAfterRefreshAsync(GatewayCall call) =>
        await freshness.TryRefreshAsync(call.Aborted) ? await Check(call) : await GatewayCall.Refuse(call.Errors.AuthUnavailable);

    private ValueTask<IGatewayAnswer?> Check(GatewayCall call)
    {
        if (CallerKey.Of(call) is { } value)
            call.Access = directory.Find(value, call.Stage!, call.Deployment);
        return call.Access is null ? GatewayCall.Refuse(call.Errors.InvalidApiKey) : GatewayCall.GoOn;
    }
}
