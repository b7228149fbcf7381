using ApiPoc.Gateway.Planes;
using ApiPoc.Gateway.Registry;

namespace ApiPoc.Gateway.Control;

/// <summary>
/// Refuses what is no operation, lets operations see the registry as it is now, whichever instance changed it last, and logs who
/// changed something.
/// </summary>
internal sealed class ControlOperation(RequestDelegate next, RegistryReplica replica, ILogger<ControlOperation> logger)
{
    /// <summary>Lets the call go on to its operation.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ControlPlaneEndpoint>() is null)
            throw new ControlException(ErrorFor(http.Request));
        await replica.RefreshAsync(http.RequestAborted);
        await next(http);
        if (!HttpMethods.IsGet(http.Request.Method))
            logger.OperationCalled(http.User.Identity?.Name, http.Request.Method, http.Request.Path, http.Response.StatusCode);
    }

    // Clients know these operations and would take "no token" for a fault of their credentials.
    private static ControlError ErrorFor(HttpRequest request) => request.Path.StartsWithSegments("/restapis", StringComparison.Ordinal)
        ? ControlError.BadRequest($"{request.Method} is not offered here: APIs, resources, methods and stages are declared in gateway.json.")
        : ControlError.MissingAuthenticationToken;
}
