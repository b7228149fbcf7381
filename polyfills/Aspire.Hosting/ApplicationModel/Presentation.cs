namespace Aspire.Hosting.ApplicationModel;

/// <summary>A link between two resources that is drawn, and does nothing else.</summary>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;

    public string Type { get; } = type;
}

/// <summary>The Fluent UI icon of a resource.</summary>
public sealed class ResourceIconAnnotation(string iconName, IconVariant iconVariant = IconVariant.Filled) : IResourceAnnotation
{
    public string IconName { get; } = iconName;

    public IconVariant IconVariant { get; } = iconVariant;
}

/// <summary>How an icon is drawn.</summary>
public enum IconVariant
{
    Regular,
    Filled,
}

/// <summary>The state a resource is shown with before it has one of its own.</summary>
public class ResourceSnapshotAnnotation(CustomResourceSnapshot initialSnapshot) : IResourceAnnotation
{
    public CustomResourceSnapshot InitialSnapshot { get; } = initialSnapshot;
}
