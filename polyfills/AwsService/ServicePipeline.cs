using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Amazon.Polyfill;

/// <summary>What every service adds to AWSSDK.Core's pipeline: signature version 4 and its own endpoints.</summary>
internal static class ServicePipeline
{
    public static void Customize(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ServiceEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SignatureVersion4());
    }

    private sealed class SignatureVersion4 : BaseAuthResolverHandler
    {
        // AuthSchemeOption has this as a constant, which is internal.
        private const string Scheme = "aws.auth#sigv4";

        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
            [new AuthSchemeOption { SchemeId = Scheme }];
    }
}
