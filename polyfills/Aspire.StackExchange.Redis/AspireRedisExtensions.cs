using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers the Redis client named in the app model.</summary>
public static class AspireRedisExtensions
{
    private const string Section = "Aspire:StackExchange:Redis";
    private const string HealthCheckName = "StackExchange.Redis";

    /// <summary>
    /// Registers a singleton <see cref="IConnectionMultiplexer"/>, connected when first resolved, and its health check. Settings come
    /// from <c>Aspire:StackExchange:Redis</c>, then the section below it of the connection's name, then <c>ConnectionStrings</c>, then code.
    /// </summary>
    /// <exception cref="InvalidOperationException">On first use: no connection string is configured.</exception>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var settings = ReadSettings(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => Connect(ReadOptions(builder.Configuration, connectionName, settings, configureOptions)));

        if (!settings.DisableHealthChecks)
            builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>(HealthCheckName);
    }

    private static ConnectionMultiplexer Connect(ConfigurationOptions options)
    {
        var connection = ConnectionMultiplexer.Connect(options);

        // As in 2.x, where nothing else is possible. In order, one thread hands out all answers, and what awaits one goes on upon that thread:
        // if it blocks there, no other answer arrives, whatever has come from the server.
        connection.PreserveAsyncOrder = false;
        return connection;
    }

    private static StackExchangeRedisSettings ReadSettings(IConfiguration configuration, string connectionName)
    {
        var settings = new StackExchangeRedisSettings();
        configuration.GetSection(Section).Bind(settings);
        configuration.GetSection($"{Section}:{connectionName}").Bind(settings);
        if (configuration.GetConnectionString(connectionName) is { } connectionString)
            settings.ConnectionString = connectionString;
        return settings;
    }

    private static ConfigurationOptions ReadOptions(
        IConfiguration configuration, string connectionName, StackExchangeRedisSettings settings, Action<ConfigurationOptions>? configureOptions)
    {
        if (string.IsNullOrEmpty(settings.ConnectionString))
        {
            throw new InvalidOperationException(
                $"No endpoints specified. Ensure a valid connection string was provided in 'ConnectionStrings:{connectionName}' or for the '{Section}:{connectionName}' configuration section.");
        }

        var options = ConfigurationOptions.Parse(settings.ConnectionString);

        // As the original: a server that is down at start is waited for, unless the string says otherwise.
        if (!settings.ConnectionString.Contains("abortConnect", StringComparison.OrdinalIgnoreCase))
            options.AbortOnConnectFail = false;

        configuration.GetSection($"{Section}:ConfigurationOptions").Bind(options);
        configuration.GetSection($"{Section}:{connectionName}:ConfigurationOptions").Bind(options);
        configureOptions?.Invoke(options);
        return options;
    }
}
