using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local.Resources;

/// <summary>What is shown of a resource before anything has happened to it.</summary>
internal static class InitialSnapshot
{
    public static CustomResourceSnapshot Of(IResource resource)
    {
        resource.TryGetLastAnnotation<ResourceIconAnnotation>(out var icon);
        var snapshot = resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var given)
            ? given.InitialSnapshot
            : new() { ResourceType = resource.Kind, Properties = [] };
        return snapshot with
        {
            CreationTimeStamp = snapshot.CreationTimeStamp ?? TimeProvider.System.GetUtcNow().UtcDateTime,
            IconName = icon?.IconName ?? snapshot.IconName,
            IconVariant = icon?.IconVariant ?? snapshot.IconVariant,
            IsHidden = snapshot.IsHidden || resource.HasAnnotationOfType<HiddenAnnotation>(),
            HealthReports = PendingReports(resource),
            Relationships = [.. resource.Annotations.OfType<ResourceRelationshipAnnotation>()
                .Select(link => new RelationshipSnapshot(link.Resource.Name, link.Type))
                .Concat(resource.Annotations.OfType<WaitAnnotation>().Select(wait => new RelationshipSnapshot(wait.Resource.Name, "WaitFor")))
                .Distinct()],
        };
    }

    /// <summary>A report per check that has not run yet, so that a process that has just started does not count as healthy.</summary>
    public static System.Collections.Immutable.ImmutableArray<HealthReportSnapshot> PendingReports(IResource resource) =>
        [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => new HealthReportSnapshot(check.Key, null, null, null))];
}

/// <summary>The resource is machinery, and not shown unless asked for.</summary>
internal sealed class HiddenAnnotation : IResourceAnnotation;
