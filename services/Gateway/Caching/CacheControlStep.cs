using System.Net.Http.Headers;
using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Registry;

namespace ApiPoc.Gateway.Caching;

/// <summary>
/// Judges <c>Cache-Control: max-age=0</c>: who has the right makes the cache fetch anew. The right belongs to a key or principal, so it is
/// judged after both are known (AWS's "combined verdict"), and before anything is charged.
/// </summary>
internal sealed class CacheControlStep(KeyDirectory keys, RegistryFreshness freshness) : IGatewayStep
{
    /// <inheritdoc/>
    public ValueTask<IGatewayAnswer?> RunAsync(GatewayCall call)
    {
        if (call.Method!.Cache is not { } policy || call.Request.Headers.CacheControl.Count == 0 || !policy.AppliesTo(call) || !AsksForFresh(call))
            return GatewayCall.GoOn;
        if (!policy.RequiresAuthorization || IsAuthorized(call))
        {
            call.IsInvalidation = true;
            return GatewayCall.GoOn;
        }
        switch (policy.UnauthorizedStrategy)
        {
            case UnauthorizedCacheControlStrategy.FailWith403:
                return GatewayCall.Refuse(call.Errors.CacheInvalidationDenied);
            case UnauthorizedCacheControlStrategy.SucceedWithResponseHeader:
                call.Response.Headers.Warning = call.Deployment.Definition.Behaviour.CacheControlWarning;
                return GatewayCall.GoOn;
            default:
                return GatewayCall.GoOn;
        }
    }

    private static bool AsksForFresh(GatewayCall call) =>
        CacheControlHeaderValue.TryParse(call.Request.Headers.CacheControl.ToString(), out var control) && control.MaxAge == TimeSpan.Zero;

    private bool IsAuthorized(GatewayCall call)
    {
        var allowed = call.Stage!.Definition.CacheInvalidation;
        return (KeyOf(call) is { } key && allowed.ApiKeys.Contains(key.Id, StringComparer.Ordinal))
            || (call.Verdict is { } verdict
                && (allowed.Principals.Contains("*", StringComparer.Ordinal) || allowed.Principals.Contains(verdict.PrincipalId, StringComparer.Ordinal)));
    }

    // An operator's key also counts where callers need none.
    private ApiKey? KeyOf(GatewayCall call) =>
        call.Access?.Key ?? (freshness.IsFresh && CallerKey.Of(call) is { } value ? keys.FindKey(value) : null);
}
