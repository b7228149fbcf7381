using System.Net;
using System.Net.Http.Headers;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Integrations;
using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Authorizers;

/// <summary>Asks an HTTP service: it is posted the event and answers with a policy; 401 says <c>Unauthorized</c>, everything else is a failure.</summary>
internal sealed class HttpAuthorizer(
    HttpAuthorizerDefinition definition, AuthorizerType type, BackendClient client, TimeProvider clock, ILogger logger) : IAuthorizerSource
{
    private const int MaxReplyBytes = 64 * 1024;

    /// <inheritdoc/>
    public async ValueTask<AuthorizerAnswer> AskAsync(GatewayCall call, string methodArn, IReadOnlyList<string> identity)
    {
        using var timeout = new CancellationTokenSource(definition.Timeout, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, call.Aborted);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, PathTemplate.WithVariables(definition.Uri, call.Stage!.Variables))
            {
                Content = new ByteArrayContent(AuthorizerEvent.Of(call, type, methodArn, identity).ToJson()),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await client.SendAsync(request, linked.Token);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
                return new AuthorizerAnswer(AuthorizerOutcome.Unauthorized);
            if (!response.IsSuccessStatusCode)
                return Failed(call, $"it answered {(int)response.StatusCode}");
            return await BoundedBody.ReadAsync(response.Content, MaxReplyBytes, linked.Token) is { } body
                ? AuthorizerReply.Read(body) : Failed(call, "its answer is too long");
        }
        catch (Exception failure) when (!call.Aborted.IsCancellationRequested)
        {
            return Failed(call, failure.GetType().Name);
        }
    }

    private AuthorizerAnswer Failed(GatewayCall call, string why)
    {
        logger.AuthorizerFailed(call.Stage!.ApiId, call.Method!.Definition.Authorizer!, why);
        return new AuthorizerAnswer(AuthorizerOutcome.Failed);
    }
}
