using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Describes resources: waits, environment, endpoints, references, health, commands and looks, one file each.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts the resource when somebody asks for it, not with the application.</summary>
    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder)
        where T : IResource => builder.WithAnnotation<ExplicitStartupAnnotation>();

    /// <summary>Waits until the dependency runs and is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.WithWait(dependency, WaitType.WaitUntilHealthy, behavior: null);

    /// <inheritdoc cref="WaitFor{T}(IResourceBuilder{T}, IResourceBuilder{IResource})"/>
    public static IResourceBuilder<T> WaitFor<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => builder.WithWait(dependency, WaitType.WaitUntilHealthy, waitBehavior);

    /// <summary>Waits until the dependency runs.</summary>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.WithWait(dependency, WaitType.WaitUntilStarted, behavior: null);

    /// <inheritdoc cref="WaitForStart{T}(IResourceBuilder{T}, IResourceBuilder{IResource})"/>
    public static IResourceBuilder<T> WaitForStart<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => builder.WithWait(dependency, WaitType.WaitUntilStarted, waitBehavior);

    /// <summary>Waits until the dependency has ended with the exit code; with another one, the resource does not start.</summary>
    public static IResourceBuilder<T> WaitForCompletion<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport => builder.WithWait(dependency, WaitType.WaitForCompletion, behavior: null, exitCode);

    private static IResourceBuilder<T> WithWait<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitType type, WaitBehavior? behavior, int exitCode = 0)
        where T : IResourceWithWaitSupport
    {
        if (builder.Resource as IResource == dependency.Resource)
            throw new DistributedApplicationException($"The '{builder.Resource.Name}' resource cannot wait for itself.");
        return builder.WithAnnotation(new WaitAnnotation(dependency.Resource, type, exitCode) { WaitBehavior = behavior });
    }
}
