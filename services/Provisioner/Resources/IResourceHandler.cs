namespace ApiPoc.Provisioner.Resources;

/// <summary>Provisions resources of one type. One more type is one more class, registered in ProvisioningRegistration.</summary>
internal interface IResourceHandler
{
    /// <summary>As templates name it, e.g. <c>AWS::SQS::Queue</c>.</summary>
    string Type { get; }

    /// <summary>The properties it understands.</summary>
    IReadOnlySet<string> Properties { get; }

    /// <summary>Creates the resource if it is missing, changes what differs, leaves the rest.</summary>
    Task<ProvisionedResource> ApplyAsync(ResourceProperties properties, CancellationToken cancellationToken);
}

/// <summary>A resource that is there.</summary>
/// <param name="Ref">What <c>Ref</c> gives.</param>
/// <param name="Attributes">What <c>Fn::GetAtt</c> gives, by name.</param>
/// <param name="Change">What was done, for people: <c>created</c>, <c>unchanged</c> or <c>changed …</c>.</param>
internal sealed record ProvisionedResource(string Ref, IReadOnlyDictionary<string, string> Attributes, string Change);
