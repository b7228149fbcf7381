using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local.Resources;

/// <summary>
/// The names of a resource's instances: <c>{resource}-{suffix}</c> for each process, where telemetry carries the suffix as
/// <c>service.instance.id</c> and the dashboard joins both by it; just the resource's name where there is no process.
/// </summary>
internal sealed class InstanceNames : IResourceAnnotation
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz";

    public required IReadOnlyList<string> Names { get; init; }

    public static IReadOnlyList<string> Of(IResource resource)
    {
        if (!resource.HasProcess)
            return [resource.Name];
        lock (resource.Annotations)
        {
            if (resource.TryGetLastAnnotation<InstanceNames>(out var existing))
                return existing.Names;
            var created = new InstanceNames { Names = [.. Enumerable.Range(0, resource.GetReplicaCount()).Select(_ => Create(resource))] };
            resource.Annotations.Add(created);
            return created.Names;
        }
    }

    public static string SuffixOf(string instanceName) => instanceName[(instanceName.LastIndexOf('-') + 1)..];

    private static string Create(IResource resource) =>
        $"{resource.Name}-{string.Concat(Random.Shared.GetItems(Letters.AsSpan(), 8))}";
}
