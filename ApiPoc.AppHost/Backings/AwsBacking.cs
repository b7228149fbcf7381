namespace ApiPoc.AppHost.Backings;

/// <summary>
/// Amazon's own SQS and SNS, and a Redis given by <c>ConnectionStrings:redis</c>. Keys come from where the AWS SDK finds them: services
/// inherit the AppHost's environment.
/// </summary>
internal sealed class AwsBacking(IDistributedApplicationBuilder builder) : IBacking
{
    private readonly IResourceBuilder<IResourceWithConnectionString> _redis = builder.AddConnectionString("redis");
    private readonly string _region = builder.Configuration["AWS_REGION"] ?? AwsAccess.Region;

    public void Attach(IResourceBuilder<ProjectResource> service) => service
        .WithReference(_redis)
        .WithEnvironment("AWS_REGION", _region);
}
