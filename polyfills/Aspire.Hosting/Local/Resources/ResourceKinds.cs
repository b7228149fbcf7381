using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local.Resources;

/// <summary>What kind of thing a resource is, in the words the dashboard knows.</summary>
internal static class ResourceKinds
{
    extension(IResource resource)
    {
        public bool HasProcess => resource is ProjectResource or ExecutableResource or ContainerResource;

        public string Kind => resource switch
        {
            ProjectResource => "Project",
            ExecutableResource => "Executable",
            ContainerResource => "Container",
            ParameterResource => "Parameter",
            ConnectionStringResource => "ConnectionString",
            _ => resource.GetType().Name.Replace("Resource", string.Empty, StringComparison.Ordinal),
        };
    }
}
