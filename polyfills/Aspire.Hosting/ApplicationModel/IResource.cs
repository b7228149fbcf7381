using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Anything the application is made of: a process, a container, a parameter, a connection string.</summary>
public interface IResource
{
    string Name { get; }

    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>A fact attached to a resource.</summary>
public interface IResourceAnnotation;

/// <summary>The facts of one resource, in the order in which they were attached.</summary>
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>;

/// <summary>What <c>WithAnnotation</c> does when an annotation of the type exists already.</summary>
public enum ResourceAnnotationMutationBehavior
{
    Append,
    Replace,
}

/// <summary>A resource whose processes take environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource whose processes take arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>A resource that listens.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource that can wait for others before it starts.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>A resource that neither starts nor stops, so that nobody waits for it.</summary>
public interface IResourceWithoutLifetime : IResource;

/// <summary>A resource that belongs to another one.</summary>
public interface IResourceWithParent : IResource
{
    IResource Parent { get; }
}

/// <summary>A resource that belongs to another one of a known type.</summary>
public interface IResourceWithParent<out T> : IResourceWithParent
    where T : IResource
{
    new T Parent { get; }

    IResource IResourceWithParent.Parent => Parent;
}

/// <summary>The resources of one application; names are unique, whatever their case.</summary>
public interface IResourceCollection : IList<IResource>
{
    bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource);
}
