namespace ApiPoc.AppHost.Backings.Embedded;

/// <summary>The system's own redis-server; what refers to it gets the same variables as from a Redis container.</summary>
internal sealed class RedisServerResource(string name, string workingDirectory)
    : ExecutableResource(name, "redis-server", workingDirectory), IResourceWithConnectionString
{
    public const string Endpoint = "tcp";

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Address(EndpointProperty.HostAndPort)}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Address(EndpointProperty.Host)}")),
        new("Port", ReferenceExpression.Create($"{Address(EndpointProperty.Port)}")),
        new("Uri", ReferenceExpression.Create($"redis://{Address(EndpointProperty.HostAndPort)}")),
    ];

    public EndpointReferenceExpression Address(EndpointProperty part) => new EndpointReference(this, Endpoint).Property(part);
}
