namespace ApiPoc.AppHost.Backings;

/// <summary>The variables by which every AWS SDK finds its region, keys and servers.</summary>
internal static class AwsAccess
{
    public const string Region = "us-east-1";

    /// <summary>Points the service at an emulator, whose keys are made up: it accepts any.</summary>
    public static IResourceBuilder<ProjectResource> WithEmulatedAws(this IResourceBuilder<ProjectResource> service, EndpointReference emulator) =>
        service
            .WithEnvironment("AWS_ENDPOINT_URL", emulator)
            .WithEnvironment("AWS_REGION", Region)
            .WithEnvironment("AWS_ACCESS_KEY_ID", "test")
            .WithEnvironment("AWS_SECRET_ACCESS_KEY", "test");
}
