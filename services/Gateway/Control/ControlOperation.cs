using ApiPoc.Gateway.Planes;
using ApiPoc.Gateway.Registry;

namespace ApiPoc.Gateway.Control;

/// <summary>Refuses what is no operation, and lets operations see the registry as it is now, whichever instance changed it last.</summary>
internal sealed class ControlOperation(RequestDelegate next, RegistryReplica replica)
{
    /// <summary>Lets the call go on to its operation.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ControlPlaneEndpoint>() is null)
            throw new ControlException(ErrorFor(http.Request));
        await replica.RefreshAsync(http.RequestAborted);
        await next(http);
    }

    // Clients know these operations and would take "no token" for a fault of their credentials.
    private static ControlError ErrorFor(HttpRequest request) => request.Path.StartsWithSegments("/restapis", StringComparison.Ordinal)
        ? ControlError.BadRequest($"{request.Method} is not offered here: APIs, resources, methods and stages are declared in gateway.json.")
        : ControlError.MissingAuthenticationToken;
}
