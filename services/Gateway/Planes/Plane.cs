namespace ApiPoc.Gateway.Planes;

/// <summary>Which of the gateway's two faces a connection came in by; Kestrel's endpoints of the same names have their own ports.</summary>
internal enum Plane
{
    /// <summary>Calls of the APIs.</summary>
    Data,

    /// <summary>API Gateway's own REST API.</summary>
    Control,
}

/// <summary>Marks an endpoint that answers on the control plane only.</summary>
internal sealed class ControlPlaneEndpoint;
