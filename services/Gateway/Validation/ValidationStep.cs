using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Responses;
using Microsoft.AspNetCore.Http.Features;

namespace ApiPoc.Gateway.Validation;

/// <summary>Refuses requests that lack what their method demands.</summary>
internal sealed class ValidationStep : IGatewayStep
{
    /// <inheritdoc/>
    public ValueTask<IGatewayAnswer?> RunAsync(GatewayCall call)
    {
        if (call.Request.ContentLength is > 0 and var length && length > call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize)
            return GatewayCall.Refuse(call.Errors.RequestTooLarge);
        return call.Method!.Validator is { } validator ? CheckAsync(call, validator) : GatewayCall.GoOn;
    }

    private static async ValueTask<IGatewayAnswer?> CheckAsync(GatewayCall call, RequestValidator validator) =>
        await validator.CheckAsync(call) is { } error ? new Refusal(error) : null;
}
