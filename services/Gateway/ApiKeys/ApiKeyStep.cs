using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Registry;
using Microsoft.Extensions.Primitives;

namespace ApiPoc.Gateway.ApiKeys;

/// <summary>
/// Lets in whose key is in a plan with this stage. While the registry cannot be reached nobody is let in, at once and without
/// waiting: a key may have been disabled since.
/// </summary>
internal sealed class ApiKeyStep(KeyDirectory directory, RegistryFreshness freshness) : IGatewayStep
{
    private const string Header = "x-api-key";

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
        if (ValueOf(call) is { } value && IsPossible(value))
            call.Access = directory.Find(value, call.Stage!, call.Deployment);
        return call.Access is null ? GatewayCall.Refuse(call.Errors.InvalidApiKey) : GatewayCall.GoOn;
    }

    private static string? ValueOf(GatewayCall call)
    {
        if (call.Stage!.Api.ApiKeySource == ApiKeySource.Authorizer)
            return call.Verdict?.UsageIdentifierKey;
        StringValues values = call.Request.Headers[Header];
        // Two keys are no key: which of them counts would depend on who reads them.
        return values.Count == 1 ? values[0] : null;
    }

    private static bool IsPossible(string value) =>
        value.Length is > 0 and <= ApiKeyRules.MaximumLength && !value.AsSpan().ContainsAnyExceptInRange('!', '~');
}
