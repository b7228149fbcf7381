using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local.Resources;

/// <summary>Layers of resources such that whatever waits for a resource, or refers to it, ends before it.</summary>
internal static class StopOrder
{
    public static IReadOnlyList<IReadOnlySet<IResource>> Layers(IReadOnlyList<IResource> resources)
    {
        var depths = new Dictionary<IResource, int>();
        foreach (var resource in resources)
            Depth(resource, depths, []);
        return [.. resources.GroupBy(resource => depths[resource]).OrderByDescending(layer => layer.Key).Select(layer => layer.ToHashSet())];
    }

    /// <summary>How many resources stand between this one and those that need nobody; a circle counts as no step.</summary>
    private static int Depth(IResource resource, Dictionary<IResource, int> depths, HashSet<IResource> path)
    {
        if (depths.TryGetValue(resource, out var known))
            return known;
        if (!path.Add(resource))
            return 0;
        var depth = Needs(resource).Select(needed => Depth(needed, depths, path) + 1).DefaultIfEmpty(0).Max();
        path.Remove(resource);
        return depths[resource] = depth;
    }

    private static IEnumerable<IResource> Needs(IResource resource) =>
        resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource)
            .Concat(resource.Annotations.OfType<ResourceRelationshipAnnotation>().Where(link => link.Type == "Reference").Select(link => link.Resource));
}
