using Amazon.Runtime;

namespace Amazon.SQS;

/// <summary>The base of every request to SQS.</summary>
public partial class AmazonSQSRequest : AmazonWebServiceRequest
{
}
