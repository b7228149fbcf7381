using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds something a person can do to the resource.</summary>
    public static IResourceBuilder<T> WithCommand<T>(
        this IResourceBuilder<T> builder,
        string name,
        string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        CommandOptions? commandOptions = null)
        where T : IResource
    {
        foreach (var earlier in builder.Resource.Annotations.OfType<ResourceCommandAnnotation>().Where(command => command.Name == name).ToList())
            builder.Resource.Annotations.Remove(earlier);
        return builder.WithAnnotation(new ResourceCommandAnnotation(name, displayName, executeCommand, commandOptions ?? new()));
    }

    /// <summary>Adds a command that sends a request to the resource; 2xx is success.</summary>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(
        this IResourceBuilder<TResource> builder,
        string path,
        string displayName,
        [EndpointName] string? endpointName = null,
        string? commandName = null,
        HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints =>
        builder.WithHttpCommand(path, displayName, () => HttpEndpointOf(builder, endpointName), commandName, commandOptions);

    /// <inheritdoc cref="WithHttpCommand{TResource}(IResourceBuilder{TResource}, string, string, string, string, HttpCommandOptions)"/>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(
        this IResourceBuilder<TResource> builder,
        string path,
        string displayName,
        Func<EndpointReference>? endpointSelector,
        string? commandName = null,
        HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints
    {
        var endpoint = (endpointSelector ?? (() => HttpEndpointOf(builder, endpointName: null)))();
        var options = commandOptions ?? new();
        options.Method ??= HttpMethod.Post;
        options.UpdateState ??= WhileRunning;
        commandName ??= $"{endpoint.Resource.Name}-{endpoint.EndpointName}-http-{options.Method.Method.ToLowerInvariant()}-{path}";
        builder.ApplicationBuilder.Services.AddHttpClient();
        return builder.WithCommand(commandName, displayName, new HttpCommand(endpoint, path, options).ExecuteAsync, options);
    }

    private static ResourceCommandState WhileRunning(UpdateCommandStateContext context) =>
        context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
}
