using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util;

namespace Amazon.Polyfill;

/// <summary>A custom endpoint as it is, else the service's regional endpoint. FIPS and dual-stack endpoints are not supported here.</summary>
internal sealed class ServiceEndpoints(string signingName) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        if (parameters["Endpoint"] is string { Length: > 0 } url) return new Endpoint(url);
        if (parameters["Region"] is not string { Length: > 0 } region) throw new AmazonClientException("Invalid Configuration: Missing Region");
        return new Endpoint($"https://{signingName}.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}");
    }
}

/// <summary>The pipeline's step that asks <see cref="ServiceEndpoints"/> where to send a request and for which region to sign it.</summary>
internal sealed class ServiceEndpointResolver : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
        Parameters(requestContext.ClientConfig, requestContext.Request.AlternateEndpoint);

    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters) =>
        InjectHostPrefix(executionContext.RequestContext);

    internal static EndpointParameters Parameters(IClientConfig config, RegionEndpoint alternate)
    {
        var parameters = new EndpointParameters();
        parameters["Endpoint"] = config.ServiceURL;
        parameters["Region"] = alternate?.SystemName ?? config.RegionEndpoint?.SystemName ?? RegionOf(config);
        return parameters;
    }

    private static string RegionOf(IClientConfig config) =>
        !string.IsNullOrEmpty(config.AuthenticationRegion) ? config.AuthenticationRegion
        : !string.IsNullOrEmpty(config.ServiceURL) ? AWSSDKUtils.DetermineRegion(config.ServiceURL)
        : null;
}
