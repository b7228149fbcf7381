using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.SimpleNotificationService.Internal;

/// <summary>A request in AWS's query protocol; AWSSDK.Core turns the parameters into the form body.</summary>
internal sealed class QueryMarshaller<TRequest>(Action<TRequest, QueryParameters> write) : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonSimpleNotificationServiceRequest
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, "Amazon.SimpleNotificationService") { HttpMethod = "POST", ResourcePath = "/" };
        request.Parameters.Add("Action", typeof(TRequest).Name[..^"Request".Length]);
        request.Parameters.Add("Version", "2010-03-31");
        write((TRequest)input, new QueryParameters(request.Parameters));
        return request;
    }
}
