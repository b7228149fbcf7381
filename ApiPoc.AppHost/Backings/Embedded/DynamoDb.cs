namespace ApiPoc.AppHost.Backings.Embedded;

/// <summary>Adds the emulator of DynamoDB from npm (eng/backing pins it).</summary>
internal static class DynamoDb
{
    private const int Port = 8000;

    /// <summary>Adds the emulator on the port that Amazon's own local DynamoDB has.</summary>
    public static IResourceBuilder<ExecutableResource> AddDynamoDb(this IDistributedApplicationBuilder builder, string name)
    {
        var directory = Path.Combine(builder.AppHostDirectory, "..", "eng", "backing");
        var installed = builder.AddSetUpStep($"{name}-setup", "npm-ci.sh", directory);
        var emulator = builder.AddExecutable(name, "node", directory, "dynamodb.mjs")
            .WithHttpEndpoint(Port, isProxied: false, env: "DYNAMODB_PORT")
            .WithHttpHealthCheck("/")
            .WithIconName("DatabaseStack")
            .WaitForCompletion(installed);
        installed.WithParentRelationship(emulator);
        return emulator;
    }
}
