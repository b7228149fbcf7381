namespace ApiPoc.AppHost.Backings;

/// <summary>Where Redis, SQS and SNS come from. Services see no difference: a connection string, and addresses and keys of AWS.</summary>
internal interface IBacking
{
    /// <summary>Gives the service what it needs to reach Redis, SQS and SNS, and lets it wait until they are there.</summary>
    void Attach(IResourceBuilder<ProjectResource> service);
}

internal static class BackingReference
{
    /// <inheritdoc cref="IBacking.Attach"/>
    public static IResourceBuilder<ProjectResource> WithBacking(this IResourceBuilder<ProjectResource> service, IBacking backing)
    {
        backing.Attach(service);
        return service;
    }
}
