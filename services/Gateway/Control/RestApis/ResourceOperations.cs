using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Control.RestApis;

/// <summary>GetResources, GetResource, GetMethod, GetIntegration.</summary>
internal static class ResourceOperations
{
    private const string Methods = "methods";

    /// <summary>Lists resources, with <c>embed=methods</c> what their methods are.</summary>
    public static IResult List(string apiId, PageRequest page, DefinitionSource definitions, string[]? embed = null)
    {
        var resources = ResourceTree.Of(apiId, DeclaredApi.Require(definitions, apiId));
        return ControlAnswer.Ok(page.Of(resources, resource => resource.Path).Select(resource => Shown(resource, embed)));
    }

    /// <summary>Shows a resource.</summary>
    public static IResult Get(string apiId, string resourceId, DefinitionSource definitions, string[]? embed = null) =>
        ControlAnswer.Ok(Shown(ResourceTree.Require(apiId, DeclaredApi.Require(definitions, apiId), resourceId), embed));

    /// <summary>Shows a method.</summary>
    public static IResult GetMethod(string apiId, string resourceId, string verb, DefinitionSource definitions) =>
        ControlAnswer.Ok(Method(apiId, resourceId, verb, definitions));

    /// <summary>Shows what answers a method.</summary>
    public static IResult GetIntegration(string apiId, string resourceId, string verb, DefinitionSource definitions) =>
        ControlAnswer.Ok(Method(apiId, resourceId, verb, definitions).MethodIntegration);

    private static MethodDocument Method(string apiId, string resourceId, string verb, DefinitionSource definitions)
    {
        var resource = ResourceTree.Require(apiId, DeclaredApi.Require(definitions, apiId), resourceId);
        return resource.Methods.TryGetValue(verb, out var method)
            ? MethodDocument.Of(resource, verb, method) : throw new ControlException(ControlError.NotFound("Invalid Method identifier specified"));
    }

    private static ResourceDocument Shown(ApiResource resource, string[]? embed)
    {
        bool isEmbedded = embed?.Contains(Methods, StringComparer.Ordinal) is true;
        return new ResourceDocument(
            resource.Id,
            ApiResource.ParentOf(resource.Path) is { } parent ? DeclaredId.OfResource(resource.ApiId, parent) : null,
            resource.Path == "/" ? null : resource.Path[(resource.Path.LastIndexOf('/') + 1)..],
            resource.Path,
            resource.Methods.Count == 0 ? null : resource.Methods.ToDictionary(
                method => method.Key, method => isEmbedded ? MethodDocument.Of(resource, method.Key, method.Value) : new MethodDocument(), StringComparer.Ordinal));
    }
}

/// <summary>A resource as the API shows it.</summary>
internal sealed record ResourceDocument(string Id, string? ParentId, string? PathPart, string Path, IReadOnlyDictionary<string, MethodDocument>? ResourceMethods);
