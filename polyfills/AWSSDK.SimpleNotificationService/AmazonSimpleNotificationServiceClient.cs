using Amazon.Polyfill;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SimpleNotificationService.Internal;

namespace Amazon.SimpleNotificationService;

/// <summary>Amazon SNS over its query protocol; signing, retries and credentials are AWSSDK.Core's. One file per group of operations.</summary>
public partial class AmazonSimpleNotificationServiceClient : AmazonServiceClient, IAmazonSimpleNotificationService
{
    public AmazonSimpleNotificationServiceClient() : this(new AmazonSimpleNotificationServiceConfig())
    {
    }

    public AmazonSimpleNotificationServiceClient(AmazonSimpleNotificationServiceConfig config) : base(config)
    {
    }

    public AmazonSimpleNotificationServiceClient(AWSCredentials credentials, AmazonSimpleNotificationServiceConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    public AmazonSimpleNotificationServiceClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonSimpleNotificationServiceConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig)
    {
    }

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServicePipeline.Customize(pipeline);

    private Task<TResponse> CallAsync<TRequest, TResponse>(
        TRequest request, Action<TRequest, QueryParameters> write, Func<QueryResult, TResponse> read, CancellationToken cancellationToken)
        where TRequest : AmazonSimpleNotificationServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(
            request,
            new InvokeOptions { RequestMarshaller = new QueryMarshaller<TRequest>(write), ResponseUnmarshaller = new QueryUnmarshaller(read) },
            cancellationToken);
}
