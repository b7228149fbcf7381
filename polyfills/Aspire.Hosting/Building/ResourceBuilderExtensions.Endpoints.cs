using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Changes the endpoint of that name, or adds it.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, [EndpointName] string endpointName, Action<EndpointAnnotation> callback, bool createIfNotExists = true)
        where T : IResourceWithEndpoints
    {
        var endpoint = FindEndpoint(builder.Resource, endpointName);
        if (endpoint is null && createIfNotExists)
            builder.Resource.Annotations.Add(endpoint = new EndpointAnnotation(ProtocolType.Tcp, name: endpointName));
        if (endpoint is not null)
            callback(endpoint);
        return builder;
    }

    /// <summary>Adds an endpoint, or changes the one of that name.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? scheme = null,
        [EndpointName] string? name = null,
        string? env = null,
        bool? isProxied = null,
        bool? isExternal = null,
        ProtocolType? protocol = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = FindEndpoint(builder.Resource, name ?? scheme ?? "tcp");
        if (endpoint is null)
        {
            endpoint = new EndpointAnnotation(protocol ?? ProtocolType.Tcp, scheme, name: name);
            builder.WithAnnotation(endpoint);
        }

        endpoint.Port = port ?? endpoint.Port;
        endpoint.TargetPort = targetPort ?? endpoint.TargetPort;
        endpoint.IsProxied = isProxied ?? endpoint.IsProxied;
        endpoint.IsExternal = isExternal ?? endpoint.IsExternal;
        endpoint.PortVariable = env ?? endpoint.PortVariable;
        return builder;
    }

    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        [EndpointName] string? name = null,
        string? env = null,
        bool? isProxied = null)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, scheme: "http", name, env, isProxied, isExternal: null, protocol: null);

    public static IResourceBuilder<T> WithHttpsEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        [EndpointName] string? name = null,
        string? env = null,
        bool? isProxied = null)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, scheme: "https", name, env, isProxied, isExternal: null, protocol: null);

    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.UriScheme is "http" or "https"))
            endpoint.IsExternal = true;
        return builder;
    }

    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, [EndpointName] string name)
        where T : IResourceWithEndpoints => builder.Resource.GetEndpoint(name);

    private static EndpointAnnotation? FindEndpoint(IResource resource, string name) => resource.Annotations.OfType<EndpointAnnotation>()
        .SingleOrDefault(endpoint => endpoint.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
