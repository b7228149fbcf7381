using ApiPoc.Gateway.Control.ApiKeys;

namespace ApiPoc.Gateway.Control;

/// <summary>
/// Every operation of the control plane, as Amazon API Gateway's service model names and routes them. An operation that shares its
/// path and verb with another is told from it by a query parameter: <c>.WithQuery("mode", "import")</c>.
/// </summary>
internal static class ControlRoutes
{
    /// <summary>Maps the operations.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/apikeys", ApiKeyOperations.CreateAsync);
        routes.MapGet("/apikeys", ApiKeyOperations.List);
        routes.MapGet("/apikeys/{id}", ApiKeyOperations.Get);
        routes.MapDelete("/apikeys/{id}", ApiKeyOperations.DeleteAsync);
    }
}
