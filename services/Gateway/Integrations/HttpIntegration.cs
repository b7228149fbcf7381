using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Responses;

namespace ApiPoc.Gateway.Integrations;

/// <summary>Forwards a call to an HTTP back end and streams the answer back.</summary>
internal sealed class HttpIntegration(IntegrationDefinition definition, AddressTemplate address, BackendClient client, TimeProvider clock) : IIntegration
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };
    private readonly string? _method = definition.Http!.Method;

    /// <inheritdoc/>
    public async ValueTask<IGatewayAnswer> InvokeAsync(GatewayCall call)
    {
        // The path has been found unambiguous and is sent as it was written, so that the back end sees what the caller meant.
        if (!Uri.TryCreate(address.For(call), AsWritten, out var target) || target.Scheme is not ("http" or "https"))
            return new Refusal(call.Errors.InternalError);
        var request = new HttpRequestMessage(HttpMethod.Parse(_method ?? call.Request.Method), target);
        ForwardedRequest.Copy(call, request);
        try
        {
            var response = await client.SendAsync(request, call.StartTimeout(definition.Timeout, clock));
            if (BackendFault.In(response) is not { } fault)
                return new ForwardedAnswer(response);
            response.Dispose();
            throw new IntegrationException(fault);
        }
        catch (HttpRequestException failure)
        {
            // Reading the caller's body happens in here, so its faults come out here too.
            if (CallerFault.In(failure) is { } fault)
                throw fault;
            throw new IntegrationException($"{failure.HttpRequestError}", failure);
        }
    }
}
