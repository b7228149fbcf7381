using ApiPoc.Gateway.Pipeline;
using Microsoft.AspNetCore.Http.Features;

namespace ApiPoc.Gateway.Routing;

/// <summary>Finds the API, stage, resource and method. What is not there is answered with 403, never 404 or 405.</summary>
internal sealed class RoutingStep : IGatewayStep
{
    /// <inheritdoc/>
    public ValueTask<IGatewayAnswer?> RunAsync(GatewayCall call)
    {
        // The target as it was sent: ASP.NET Core's own path is already decoded and freed of dot segments.
        string target = call.Http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        int query = target.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? target : target[..query];
        if (!PathGuard.IsUnambiguous(path))
            return GatewayCall.Refuse(call.Errors.MalformedPath);
        if (RequestTarget.Parse(call.Request.Host.Host, path) is not { } found)
            return GatewayCall.Refuse(call.Errors.MissingAuthenticationToken);
        call.Stage = call.Deployment.FindStage(found.ApiId, found.Stage);
        if (call.Stage is null)
            return GatewayCall.Refuse(call.Errors.UnknownStage);

        call.Path = CanonicalPath.Of(found.Path);
        var resource = call.Stage.Routes.Match(found.Path, out var parameters);
        call.Parameters = parameters;
        call.Method = resource?.Find(call.Request.Method);
        if (call.Method is null)
            return GatewayCall.Refuse(call.Errors.MissingAuthenticationToken);
        call.Http.SetEndpoint(call.Method.Endpoint);
        return GatewayCall.GoOn;
    }
}
