using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Breaker;
using ApiPoc.Resilience.Breaker;
using Polly;
using Polly.CircuitBreaker;

namespace ApiPoc.Resilience.Http;

/// <summary>Sends a client's requests through the shared quota and breaker, and to no other host: it would get the API's key.</summary>
internal sealed class ThrottledHandler(
    string apiId, ApiOptions api, ResiliencePipeline<HttpResponseMessage> pipeline, SharedBreaker breaker) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!ThrottledCall.IsOf(api, request.RequestUri))
            throw new InvalidOperationException($"The client of {apiId} calls {api.BaseAddress!.Authority} only.");
        if (api.ApiKey.Length > 0 && !request.Headers.Contains(api.ApiKeyHeader))
            request.Headers.Add(api.ApiKeyHeader, api.ApiKey);
        // It may have to be sent again.
        if (request.Content is { } content)
            await content.LoadIntoBufferAsync(cancellationToken);

        await ThrowIfOpenAsync(cancellationToken);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(ThrottledCall.Request, request);
            return await pipeline.ExecuteAsync(
                static async (context, call) => await call.Handler.SendOnceAsync(call.Request, context.CancellationToken), context, (Handler: this, Request: request));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.SendAsync(request, cancellationToken);

    private async Task ThrowIfOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await breaker.ThrowIfOpenAsync(apiId, cancellationToken);
        }
        catch (BreakerUnavailableException failure)
        {
            throw new BrokenCircuitException($"The breaker of {apiId} cannot be read.", failure);
        }
    }
}
