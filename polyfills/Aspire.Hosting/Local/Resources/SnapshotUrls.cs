using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local.Resources;

/// <summary>The addresses shown with a resource: its endpoints', its own, and what callbacks make of them.</summary>
internal static class SnapshotUrls
{
    public static async Task<ImmutableArray<UrlSnapshot>> OfAsync(
        IResource resource, DistributedApplicationExecutionContext execution, CancellationToken cancellationToken)
    {
        var urls = new List<ResourceUrlAnnotation>();
        if (resource is IResourceWithEndpoints owner)
            urls.AddRange(owner.GetEndpoints().Where(endpoint => endpoint.IsAllocated).Select(endpoint => new ResourceUrlAnnotation { Url = endpoint.Url, Endpoint = endpoint }));
        urls.AddRange(resource.Annotations.OfType<ResourceUrlAnnotation>());
        var context = new ResourceUrlsCallbackContext(execution, resource, urls, cancellationToken);
        foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToList())
            await callback.Callback(context);
        return [.. context.Urls.Select(url => new UrlSnapshot(url.Endpoint?.EndpointName, Absolute(url), url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
        {
            DisplayProperties = new(url.DisplayText ?? string.Empty),
        })];
    }

    private static string Absolute(ResourceUrlAnnotation url) =>
        url.Url.StartsWith('/') && url.Endpoint is { } endpoint ? endpoint.Url + url.Url : url.Url;
}
