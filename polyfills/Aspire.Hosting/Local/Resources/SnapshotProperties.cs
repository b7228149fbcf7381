using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local.Resources;

/// <summary>The facts shown with a resource, under the names the dashboard knows.</summary>
internal static class SnapshotProperties
{
    public static ImmutableArray<ResourcePropertySnapshot> Of(IResource resource) => resource switch
    {
        ProjectResource project => [new("project.path", project.GetProjectMetadata().ProjectPath)],
        ExecutableResource executable => [new("executable.path", executable.Command), new("executable.workDir", executable.WorkingDirectory)],
        _ => [],
    };

    public static ImmutableArray<ResourcePropertySnapshot> Of(IResource resource, Launch launch, int processId)
    {
        var properties = new Dictionary<string, ResourcePropertySnapshot>();
        foreach (var property in Of(resource))
            properties[property.Name] = property;
        Set(new("executable.path", launch.Command));
        Set(new("executable.workDir", launch.WorkingDirectory));
        Set(new("executable.args", launch.Arguments.ToImmutableArray()) { IsSensitive = true });
        Set(new("executable.pid", processId));
        return [.. properties.Values];

        void Set(ResourcePropertySnapshot property) => properties[property.Name] = property;
    }
}
