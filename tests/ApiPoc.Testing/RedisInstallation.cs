namespace ApiPoc.Testing;

/// <summary>Makes sure that redis-server is installed, by the repository's own set-up script.</summary>
internal static class RedisInstallation
{
    public static Task EnsureAsync(CancellationToken cancellationToken) =>
        SetupScript.RunAsync("redis-server.sh", [], cancellationToken);
}
