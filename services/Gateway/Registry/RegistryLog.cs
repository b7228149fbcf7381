namespace ApiPoc.Gateway.Registry;

internal static partial class RegistryLog
{
    [LoggerMessage(1200, LogLevel.Information, "The registry of keys and plans is reachable again")]
    public static partial void RegistryReachable(this ILogger logger);

    [LoggerMessage(1201, LogLevel.Warning, "The registry of keys and plans is not reachable; calls that need a key will be refused")]
    public static partial void RegistryUnreachable(this ILogger logger, Exception failure);

    [LoggerMessage(1202, LogLevel.Information, "The definition seeded {Count} items into the registry")]
    public static partial void RegistrySeeded(this ILogger logger, int count);
}
