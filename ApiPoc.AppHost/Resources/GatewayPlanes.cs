namespace ApiPoc.AppHost.Resources;

/// <summary>The gateway's two faces on their published ports.</summary>
internal static class GatewayPlanes
{
    /// <summary>The calls of the APIs.</summary>
    public const string Data = "data";

    /// <summary>API Gateway's own REST API.</summary>
    public const string Control = "control";

    private const int DataPort = 5080;
    private const int ControlPort = 5079;

    /// <summary>Adds both endpoints, and tells Kestrel which port is which: a list of addresses alone would not.</summary>
    public static IResourceBuilder<ProjectResource> WithPlanes(this IResourceBuilder<ProjectResource> gateway) => gateway
        .WithPlane(Data, DataPort, "Kestrel__Endpoints__Data__Url")
        .WithPlane(Control, ControlPort, "Kestrel__Endpoints__Control__Url")
        // The same ports once more without names; Kestrel would warn that it prefers the named ones.
        .WithEnvironment("ASPNETCORE_URLS", "");

    /// <summary>Lets a caller of the survey API go through the gateway, with a key of its own: one of gateway.json's samples.</summary>
    public static IResourceBuilder<ProjectResource> WithSurveysThrough(this IResourceBuilder<ProjectResource> caller, IResourceBuilder<ProjectResource> gateway) => caller
        .WithEnvironment("Apis__ODG_SURVEYS__BaseAddress", ReferenceExpression.Create($"{gateway.GetEndpoint(Data)}/_aws/execute-api/external-api/prod"))
        .WithEnvironment("Apis__ODG_SURVEYS__ApiKey", "worker-sample-key-0000000001");

    private static IResourceBuilder<ProjectResource> WithPlane(this IResourceBuilder<ProjectResource> gateway, string name, int port, string variable)
    {
        gateway.WithHttpEndpoint(port, name: name);
        var target = gateway.GetEndpoint(name).Property(EndpointProperty.TargetPort);
        return gateway.WithEnvironment(variable, ReferenceExpression.Create($"http://localhost:{target}"));
    }
}
