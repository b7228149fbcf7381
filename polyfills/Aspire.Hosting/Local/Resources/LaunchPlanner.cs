using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local.Proxies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Resources;

/// <summary>Decides how a process of a resource is started: command, arguments, environment.</summary>
internal sealed class LaunchPlanner(
    AppHostMetadata metadata, DistributedApplicationExecutionContext execution, EndpointAllocator endpoints, IConfiguration configuration)
{
    public async Task<Launch> PlanAsync(
        IResource resource, string instanceName, int index, ILogger logger, CancellationToken cancellationToken)
    {
        var values = new ProcessValues(resource, instanceName, index, endpoints);
        var environment = await EnvironmentOf(resource, values, logger, cancellationToken);
        var arguments = await ArgumentsOf(resource, values, logger, cancellationToken);
        return resource switch
        {
            ProjectResource project => PlanProject(project, arguments, environment),
            ExecutableResource executable => new(
                CommandPath.Resolve(executable.Command, executable.WorkingDirectory), arguments, executable.WorkingDirectory, environment),
            ContainerResource container => ContainerLaunch.Plan(
                container, instanceName, endpoints, arguments, environment, configuration["ASPIRE_CONTAINER_RUNTIME"]),
            _ => throw new DistributedApplicationException($"A resource of type {resource.GetType().Name} has no process."),
        };
    }

    /// <summary>Starts the assembly that building the AppHost has built, and <c>dotnet run</c> for a project it does not reference.</summary>
    private Launch PlanProject(ProjectResource project, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var path = project.GetProjectMetadata().ProjectPath;
        IReadOnlyList<string> run = metadata.TargetOf(path) is { } target
            ? [target, .. arguments]
            : ["run", "--project", path, "--no-launch-profile", "--", .. arguments];
        var directory = Path.GetDirectoryName(path)!;
        return new(CommandPath.Resolve("dotnet", directory), run, directory, environment);
    }

    private async Task<Dictionary<string, string>> EnvironmentOf(
        IResource resource, ProcessValues values, ILogger logger, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(execution, resource, cancellationToken: cancellationToken) { Logger = logger };
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.PortVariable is not null))
            context.EnvironmentVariables[endpoint.PortVariable!] = ProcessTokens.TargetPort(endpoint.Name);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
            await annotation.Callback(context);
        var environment = new Dictionary<string, string>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            if (await values.ResolveAsync(value, cancellationToken) is { } text)
                environment[name] = text;
        }

        return environment;
    }

    private async Task<List<string>> ArgumentsOf(
        IResource resource, ProcessValues values, ILogger logger, CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext([], resource, cancellationToken) { ExecutionContext = execution, Logger = logger };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
            await annotation.Callback(context);
        var arguments = new List<string>();
        foreach (var arg in context.Args)
        {
            if (await values.ResolveAsync(arg, cancellationToken) is { } text)
                arguments.Add(text);
        }

        return arguments;
    }
}
