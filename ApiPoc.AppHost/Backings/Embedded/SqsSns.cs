namespace ApiPoc.AppHost.Backings.Embedded;

/// <summary>Adds the emulator of SQS and SNS from npm (eng/backing pins it).</summary>
internal static class SqsSns
{
    private const int Port = 4566;

    /// <summary>Adds the emulator on LocalStack's usual port, so that commands in the README work with every backing.</summary>
    public static IResourceBuilder<ExecutableResource> AddSqsSns(this IDistributedApplicationBuilder builder, string name)
    {
        var directory = Path.Combine(builder.AppHostDirectory, "..", "eng", "backing");
        var installed = builder.AddSetUpStep($"{name}-setup", "npm-ci.sh", directory);
        var emulator = builder.AddExecutable(name, "node", directory, "sqs-sns.mjs")
            .WithHttpEndpoint(Port, isProxied: false, env: "SQS_SNS_PORT")
            .WithHttpHealthCheck("/health")
            .WithEnvironment("AWS_REGION", AwsAccess.Region)
            .WithIconName("Mail")
            .WaitForCompletion(installed);
        installed.WithParentRelationship(emulator);
        return emulator;
    }
}
