using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives the connection string, as <c>ConnectionStrings__name</c>, and its parts, as <c>NAME_PROPERTY</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        var name = connectionName ?? resource.Name;
        return builder.WithReferenceRelationship(resource).WithEnvironment(context =>
        {
            var variable = resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}";
            context.EnvironmentVariables[variable] = new ConnectionStringReference(resource, optional);
            foreach (var (property, value) in resource.GetConnectionProperties())
                context.EnvironmentVariables[$"{Encode(name)}_{Encode(property)}".ToUpperInvariant()] = value;
        });
    }

    /// <summary>Gives the addresses, as <c>services__name__scheme__0</c> and <c>NAME_ENDPOINT</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment =>
        builder.WithAddresses(source.Resource, source.Resource.Name, source.Resource.Name.ToUpperInvariant(), endpoint => !endpoint.ExcludeReferenceEndpoint);

    /// <summary>Gives the addresses under another name.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment =>
        builder.WithAddresses(source.Resource, name, name, endpoint => !endpoint.ExcludeReferenceEndpoint);

    /// <summary>Gives the address of one endpoint.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
    {
        var owner = endpointReference.Resource;
        return builder.WithAddresses(owner, owner.Name, owner.Name.ToUpperInvariant(), endpoint => endpoint.EndpointName == endpointReference.EndpointName);
    }

    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResource resource)
        where T : IResource => builder.WithRelationship(resource, "Reference");

    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder)
        where T : IResource => builder.WithReferenceRelationship(resourceBuilder.Resource);

    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent)
        where T : IResource => builder.WithParentRelationship(parent.Resource);

    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResource parent)
        where T : IResource => builder.WithRelationship(parent, "Parent");

    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource, string type)
        where T : IResource => builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));

    private static IResourceBuilder<TDestination> WithAddresses<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceWithEndpoints source, string name, string key, Func<EndpointReference, bool> isMeant)
        where TDestination : IResourceWithEnvironment => builder.WithReferenceRelationship(source).WithEnvironment(context =>
        {
            foreach (var endpoint in source.GetEndpoints().Where(isMeant))
            {
                context.EnvironmentVariables[$"{Encode(key)}_{Encode(endpoint.EndpointName).ToUpperInvariant()}"] = endpoint;
                var scheme = endpoint.EndpointName is "http" or "https" ? endpoint.Scheme : endpoint.EndpointName;
                var index = Enumerable.Range(0, int.MaxValue).First(index => !context.EnvironmentVariables.ContainsKey($"services__{name}__{scheme}__{index}"));
                context.EnvironmentVariables[$"services__{name}__{scheme}__{index}"] = endpoint;
            }
        });

    /// <summary>Makes a variable's name of any other: what is neither letter nor digit becomes an underscore.</summary>
    private static string Encode(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
