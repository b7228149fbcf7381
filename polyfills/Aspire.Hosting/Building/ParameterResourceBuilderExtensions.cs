using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds values and connection strings that come from configuration.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value is the configuration key <c>Parameters:name</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, bool secret = false) =>
        builder.AddParameterFromConfiguration(name, $"Parameters:{name}", secret);

    /// <summary>Adds a parameter with the value, unless configuration has one.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <inheritdoc cref="AddParameter(IDistributedApplicationBuilder, string, string, bool, bool)"/>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => builder.Configuration[$"Parameters:{name}"] ?? valueGetter(), secret));

    /// <summary>Adds a parameter whose value is the configuration key.</summary>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string configurationKey, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => builder.Configuration[configurationKey] ?? throw Missing(name, configurationKey), secret));

    /// <summary>Adds a connection string whose value is the configuration key <c>ConnectionStrings:name</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string? environmentVariableName = null)
    {
        var key = $"ConnectionStrings:{name}";
        return builder.AddResource(new ConnectionStringParameterResource(
            name, () => builder.Configuration.GetSection(key).Value ?? throw Missing(name, key), environmentVariableName));
    }

    private static MissingParameterValueException Missing(string name, string key) =>
        new($"Parameter resource '{name}' could not be used because configuration key '{key}' is missing and the Parameter has no default value.");
}
