using Amazon.Polyfill;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS.Internal;

namespace Amazon.SQS;

/// <summary>Amazon SQS over its JSON protocol; signing, retries and credentials are AWSSDK.Core's.</summary>
public partial class AmazonSQSClient : AmazonServiceClient, IAmazonSQS
{
    public AmazonSQSClient() : this(new AmazonSQSConfig())
    {
    }

    public AmazonSQSClient(AmazonSQSConfig config) : base(config)
    {
    }

    public AmazonSQSClient(AWSCredentials credentials, AmazonSQSConfig clientConfig) : base(credentials, clientConfig)
    {
    }

    public AmazonSQSClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonSQSConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig)
    {
    }

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        ServicePipeline.Customize(pipeline);
        pipeline.AddHandlerBefore<Unmarshaller>(new Md5Check());
    }

    private Task<TResponse> CallAsync<TResponse>(AmazonSQSRequest request, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(
            request,
            new InvokeOptions { RequestMarshaller = JsonMarshaller.Instance, ResponseUnmarshaller = JsonUnmarshaller<TResponse>.Instance },
            cancellationToken);
}
