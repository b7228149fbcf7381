using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Control.RestApis;

/// <summary>An API's resources as the tree that AWS keeps: every segment of a path is a resource, with methods or without.</summary>
internal static class ResourceTree
{
    /// <summary>The resources, parents before children.</summary>
    public static IReadOnlyList<ApiResource> Of(string apiId, RestApiDefinition api) =>
    [
        .. api.Resources.Keys.SelectMany(WithParents).Append("/").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(path => new ApiResource(apiId, path, api.Resources.GetValueOrDefault(path) ?? [])),
    ];

    /// <summary>A resource.</summary>
    /// <exception cref="ControlException">There is none.</exception>
    public static ApiResource Require(string apiId, RestApiDefinition api, string resourceId) =>
        Of(apiId, api).FirstOrDefault(resource => resource.Id == resourceId) ?? throw new ControlException(ControlError.NotFound("Invalid Resource identifier specified"));

    private static IEnumerable<string> WithParents(string path)
    {
        for (string? current = path; current is not null; current = ApiResource.ParentOf(current))
            yield return current;
    }
}

/// <summary>A resource of an API.</summary>
/// <param name="ApiId">The API.</param>
/// <param name="Path">Its path.</param>
/// <param name="Methods">Its methods by verb.</param>
internal sealed record ApiResource(string ApiId, string Path, IReadOnlyDictionary<string, MethodDefinition> Methods)
{
    /// <summary>Its id.</summary>
    public string Id => DeclaredId.OfResource(ApiId, Path);

    /// <summary>The parent's path; null for the root.</summary>
    public static string? ParentOf(string path) => path == "/" ? null : path[..path.LastIndexOf('/')] is { Length: > 0 } parent ? parent : "/";
}
