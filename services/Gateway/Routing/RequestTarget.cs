namespace ApiPoc.Gateway.Routing;

/// <summary>Which API, stage and path a request means, by either form of address.</summary>
/// <param name="ApiId">The API's id.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="Path">The path within the stage, beginning with a slash, without query.</param>
internal readonly record struct RequestTarget(string ApiId, string Stage, string Path)
{
    private const string PathPrefix = "/_aws/execute-api/";
    private const string HostMark = ".execute-api.";

    /// <summary>
    /// Reads <c>/_aws/execute-api/{apiId}/{stage}/{path}</c>, or <c>/{stage}/{path}</c> at a host <c>{apiId}.execute-api.{domain}</c>.
    /// </summary>
    /// <returns>Null when it is neither.</returns>
    public static RequestTarget? Parse(string host, string path)
    {
        if (path.StartsWith(PathPrefix, StringComparison.Ordinal))
        {
            int slash = path.IndexOf('/', PathPrefix.Length);
            return slash < 0 ? null : WithStage(path[PathPrefix.Length..slash], path, slash + 1);
        }
        int mark = host.IndexOf(HostMark, StringComparison.OrdinalIgnoreCase);
        return mark <= 0 ? null : WithStage(host[..mark].ToLowerInvariant(), path, 1);
    }

    private static RequestTarget WithStage(string apiId, string path, int start)
    {
        int slash = path.IndexOf('/', start);
        return slash < 0 ? new RequestTarget(apiId, path[start..], "/") : new RequestTarget(apiId, path[start..slash], path[slash..]);
    }
}
