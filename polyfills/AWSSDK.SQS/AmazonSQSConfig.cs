using Amazon.Polyfill;
using Amazon.Runtime;
using Amazon.Util.Internal;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;
using ServiceOperationEndpointParameters = Amazon.Runtime.Endpoints.ServiceOperationEndpointParameters;

namespace Amazon.SQS;

/// <summary>Configuration for accessing Amazon SQS.</summary>
public partial class AmazonSQSConfig : ClientConfig
{
    public AmazonSQSConfig() : base(Polyfill.ServiceDefaults.Standard)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new ServiceEndpoints(RegionEndpointServiceName);
    }

    public static new string ServiceId => "SQS";

    public override string RegionEndpointServiceName => "sqs";

    public override string ServiceVersion => "2012-11-05";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString(ServiceId, "4.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(ServiceEndpointResolver.Parameters(this, parameters.AlternateEndpoint));
}
