using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address shown with a resource.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    public required string Url { get; set; }

    public string? DisplayText { get; set; }

    public EndpointReference? Endpoint { get; init; }

    public UrlDisplayLocation DisplayLocation { get; set; }
}

/// <summary>Where an address is shown.</summary>
public enum UrlDisplayLocation
{
    SummaryAndDetails,
    DetailsOnly,
}

/// <summary>Changes the addresses of a resource once its endpoints are allocated.</summary>
public sealed class ResourceUrlsCallbackAnnotation(Func<ResourceUrlsCallbackContext, Task> callback) : IResourceAnnotation
{
    public ResourceUrlsCallbackAnnotation(Action<ResourceUrlsCallbackContext> callback)
        : this(context =>
        {
            callback(context);
            return Task.CompletedTask;
        })
    {
    }

    public Func<ResourceUrlsCallbackContext, Task> Callback { get; } = callback;
}

/// <summary>The addresses of a resource in the making.</summary>
public class ResourceUrlsCallbackContext(
    DistributedApplicationExecutionContext executionContext,
    IResource resource,
    List<ResourceUrlAnnotation>? urls = null,
    CancellationToken cancellationToken = default)
{
    public IResource Resource { get; } = resource;

    public List<ResourceUrlAnnotation> Urls { get; } = urls ?? [];

    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    public ILogger Logger { get; set; } = NullLogger.Instance;

    public CancellationToken CancellationToken { get; } = cancellationToken;
}
