using ApiPoc.Gateway.Control.Accounts;
using ApiPoc.Gateway.Control.ApiKeys;
using ApiPoc.Gateway.Control.Import;
using ApiPoc.Gateway.Control.RestApis;
using ApiPoc.Gateway.Control.Stages;
using ApiPoc.Gateway.Control.Tags;
using ApiPoc.Gateway.Control.UsagePlans;

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
        routes.MapPost("/apikeys", KeyImportOperations.ImportAsync).WithQuery("mode", "import").WithMetadata(new KeyFileSizeLimit());
        routes.MapGet("/apikeys", ApiKeyOperations.List);
        routes.MapGet("/apikeys/{id}", ApiKeyOperations.Get);
        routes.MapPatch("/apikeys/{id}", ApiKeyOperations.UpdateAsync);
        routes.MapDelete("/apikeys/{id}", ApiKeyOperations.DeleteAsync);

        routes.MapPost("/usageplans", UsagePlanOperations.CreateAsync);
        routes.MapGet("/usageplans", UsagePlanOperations.List);
        routes.MapGet("/usageplans/{id}", UsagePlanOperations.Get);
        routes.MapPatch("/usageplans/{id}", UsagePlanOperations.UpdateAsync);
        routes.MapDelete("/usageplans/{id}", UsagePlanOperations.DeleteAsync);

        routes.MapPost("/usageplans/{id}/keys", UsagePlanKeyOperations.CreateAsync);
        routes.MapGet("/usageplans/{id}/keys", UsagePlanKeyOperations.List);
        routes.MapGet("/usageplans/{id}/keys/{keyId}", UsagePlanKeyOperations.Get);
        routes.MapDelete("/usageplans/{id}/keys/{keyId}", UsagePlanKeyOperations.DeleteAsync);

        routes.MapGet("/usageplans/{id}/usage", UsageOperations.GetAsync);
        routes.MapPatch("/usageplans/{id}/keys/{keyId}/usage", UsageOperations.UpdateAsync);

        routes.MapGet("/restapis", RestApiOperations.List);
        routes.MapGet("/restapis/{apiId}", RestApiOperations.Get);
        routes.MapGet("/restapis/{apiId}/deployments", RestApiOperations.ListDeployments);
        routes.MapGet("/restapis/{apiId}/deployments/{deploymentId}", RestApiOperations.GetDeployment);
        routes.MapGet("/restapis/{apiId}/resources", ResourceOperations.List);
        routes.MapGet("/restapis/{apiId}/resources/{resourceId}", ResourceOperations.Get);
        routes.MapGet("/restapis/{apiId}/resources/{resourceId}/methods/{verb}", ResourceOperations.GetMethod);
        routes.MapGet("/restapis/{apiId}/resources/{resourceId}/methods/{verb}/integration", ResourceOperations.GetIntegration);

        routes.MapGet("/restapis/{apiId}/stages", StageOperations.List);
        routes.MapGet("/restapis/{apiId}/stages/{stage}", StageOperations.Get);
        routes.MapPatch("/restapis/{apiId}/stages/{stage}", StageOperations.UpdateAsync);
        routes.MapDelete("/restapis/{apiId}/stages/{stage}/cache/data", StageOperations.FlushCacheAsync);

        routes.MapGet("/account", AccountOperations.Get);
        routes.MapPatch("/account", AccountOperations.Update);

        routes.MapGet("/tags/{*arn}", TagOperations.Get);
        routes.MapPut("/tags/{*arn}", TagOperations.SetAsync);
        routes.MapDelete("/tags/{*arn}", TagOperations.RemoveAsync);

        // Ours, not AWS's.
        routes.MapGet("/_apipoc/apikeys.csv", KeyImportOperations.Export);
    }
}
