using Amazon.Runtime;

namespace Amazon.SimpleNotificationService;

/// <summary>The base of every request to SNS.</summary>
public partial class AmazonSimpleNotificationServiceRequest : AmazonWebServiceRequest
{
}
