using ApiPoc.Gateway.Integrations;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Responses;

namespace ApiPoc.Gateway.Cors;

/// <summary>The OPTIONS method of a resource whose API declares CORS and that has none of its own.</summary>
/// <param name="cors">The API's policy.</param>
/// <param name="methods">The resource's methods, comma-separated.</param>
internal sealed class PreflightIntegration(CorsPolicy cors, string methods) : IIntegration
{
    /// <inheritdoc/>
    public ValueTask<IGatewayAnswer> InvokeAsync(GatewayCall call) =>
        new(new BufferedAnswer(StatusCodes.Status204NoContent, cors.Preflight(call.Request, methods), ReadOnlyMemory<byte>.Empty));
}
