using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a resource listens, before and after ports are known.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool? isProxied = null)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? (protocol == ProtocolType.Udp ? "udp" : "tcp");
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : UriScheme);
        Name = name ?? UriScheme;
        Port = port;
        TargetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied ?? true;
    }

    public string Name { get; set; }

    public ProtocolType Protocol { get; set; }

    public string UriScheme { get; set; }

    public string Transport { get; set; }

    /// <summary>The port that others connect to; chosen when absent.</summary>
    public int? Port { get; set; }

    /// <summary>The port that the process listens on; chosen when absent.</summary>
    public int? TargetPort { get; set; }

    public string TargetHost { get; set; } = "localhost";

    public bool IsExternal { get; set; }

    /// <summary>Whether a relay stands between <see cref="Port"/> and <see cref="TargetPort"/>.</summary>
    public bool IsProxied { get; set; }

    /// <summary>Whether <c>WithReference</c> to the whole resource leaves this endpoint out.</summary>
    public bool ExcludeReferenceEndpoint { get; set; }

    public AllocatedEndpoint? AllocatedEndpoint { get; set; }

    internal bool FromLaunchProfile { get; set; }

    /// <summary>The environment variable that tells the process its port.</summary>
    internal string? PortVariable { get; set; }
}

/// <summary>The address that others connect to.</summary>
public class AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
{
    public EndpointAnnotation Endpoint { get; } = endpoint;

    public string Address { get; } = address;

    public int Port { get; } = port;

    public string? TargetPortExpression { get; } = targetPortExpression;

    public string UriScheme => Endpoint.UriScheme;

    public string EndPointString => $"{Address}:{Port}";

    public string UriString => $"{UriScheme}://{EndPointString}";

    public override string ToString() => UriString;
}
