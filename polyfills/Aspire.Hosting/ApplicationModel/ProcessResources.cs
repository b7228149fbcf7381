namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project that the AppHost runs.</summary>
public class ProjectResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport;

/// <summary>A program that the AppHost runs.</summary>
public class ExecutableResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    public ExecutableResource(string name, string command, string workingDirectory) : base(name) =>
        Annotations.Add(new ExecutableAnnotation { Command = command, WorkingDirectory = workingDirectory });

    public string Command => Program.Command;

    public string WorkingDirectory => Program.WorkingDirectory;

    private ExecutableAnnotation Program => Annotations.OfType<ExecutableAnnotation>().Last();
}

/// <summary>A container that the AppHost runs.</summary>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    public string? Entrypoint { get; set; } = entrypoint;
}

/// <summary>The program of an executable and where it runs.</summary>
public sealed class ExecutableAnnotation : IResourceAnnotation
{
    public required string Command { get; set; }

    public required string WorkingDirectory { get; set; }
}

/// <summary>How many processes a project has.</summary>
public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    public int Replicas { get; } = replicas;
}

/// <summary>The resource starts when somebody asks for it, not with the application.</summary>
public sealed class ExplicitStartupAnnotation : IResourceAnnotation;

/// <summary>The image of a container.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    public string? Registry { get; set; }

    public required string Image { get; set; }

    public string? Tag { get; set; }

    public string? SHA256 { get; set; }
}
