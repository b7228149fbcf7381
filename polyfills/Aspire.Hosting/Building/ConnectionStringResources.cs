using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A connection string made of other resources' values.</summary>
public sealed class ConnectionStringResource(string name, ReferenceExpression connectionStringExpression)
    : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
{
    public ReferenceExpression ConnectionStringExpression { get; } = connectionStringExpression;
}

/// <summary>A connection string from configuration.</summary>
internal sealed class ConnectionStringParameterResource(string name, Func<string> value, string? environmentVariable)
    : ParameterResource(name, _ => value(), secret: true), IResourceWithConnectionString
{
    public string? ConnectionStringEnvironmentVariable { get; } = environmentVariable;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{(ParameterResource)this}");
}

/// <summary>Adds connection strings.</summary>
public static class ConnectionStringBuilderExtensions
{
    /// <summary>Adds a connection string made of other resources' values.</summary>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, ReferenceExpression connectionStringExpression) =>
        builder.AddResource(new ConnectionStringResource(name, connectionStringExpression));
}
