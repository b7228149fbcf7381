using Amazon.Polyfill;
using Amazon.Runtime;
using Amazon.Util.Internal;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;
using ServiceOperationEndpointParameters = Amazon.Runtime.Endpoints.ServiceOperationEndpointParameters;

namespace Amazon.SimpleNotificationService;

/// <summary>Configuration for accessing Amazon SNS.</summary>
public partial class AmazonSimpleNotificationServiceConfig : ClientConfig
{
    public AmazonSimpleNotificationServiceConfig() : base(Polyfill.ServiceDefaults.Standard)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new ServiceEndpoints(RegionEndpointServiceName);
    }

    public static new string ServiceId => "SNS";

    public override string RegionEndpointServiceName => "sns";

    public override string ServiceVersion => "2010-03-31";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString(ServiceId, "4.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(ServiceEndpointResolver.Parameters(this, parameters.AlternateEndpoint));
}
