using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local.Proxies;

namespace Aspire.Hosting.Local.Resources;

/// <summary>Runs a container in the foreground, so that ending the client ends and removes the container.</summary>
internal static class ContainerLaunch
{
    public static Launch Plan(
        ContainerResource container,
        string instanceName,
        EndpointAllocator endpoints,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string? configuredRuntime)
    {
        var image = container.Annotations.OfType<ContainerImageAnnotation>().Last();
        List<string> run = ["run", "--rm", "--init", "--name", instanceName];
        foreach (var endpoint in container.Annotations.OfType<EndpointAnnotation>())
            run.AddRange(["-p", $"127.0.0.1:{endpoints.TargetPortOf(endpoint, index: 0)}:{endpoint.TargetPort}"]);
        // Only the name: the client takes the value from its own environment, and no secret shows in the process list.
        foreach (var name in environment.Keys)
            run.AddRange(["-e", name]);
        if (container.Entrypoint is { } entrypoint)
            run.AddRange(["--entrypoint", entrypoint]);
        run.Add(NameOf(image));
        run.AddRange(arguments);
        var directory = Directory.GetCurrentDirectory();
        var runtime = configuredRuntime ?? (CommandPath.Find("docker", directory) is not null ? "docker" : "podman");
        return new(CommandPath.Resolve(runtime, directory), run, directory, environment);
    }

    private static string NameOf(ContainerImageAnnotation image)
    {
        var name = image.Registry is { } registry ? $"{registry}/{image.Image}" : image.Image;
        return image.SHA256 is { } digest ? $"{name}@sha256:{digest}" : $"{name}:{image.Tag ?? "latest"}";
    }
}
