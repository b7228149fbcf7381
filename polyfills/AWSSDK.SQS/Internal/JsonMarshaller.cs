using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.SQS.Internal;

/// <summary>A request as AWS JSON 1.0: the operation in a header, its members as one object. The address of a queue is a member like others.</summary>
internal sealed class JsonMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public static JsonMarshaller Instance { get; } = new();

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var type = input.GetType();
        return new DefaultRequest(input, "Amazon.SQS")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = JsonSerializer.SerializeToUtf8Bytes(input, type, WireJson.Options),
            Headers =
            {
                ["Content-Type"] = "application/x-amz-json-1.0",
                ["X-Amz-Target"] = $"AmazonSQS.{type.Name[..^"Request".Length]}",
                ["x-amz-api-version"] = "2012-11-05",
            },
        };
    }
}
