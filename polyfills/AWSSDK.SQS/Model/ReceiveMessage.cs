using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Asks for up to ten messages.</summary>
public partial class ReceiveMessageRequest : AmazonSQSRequest
{
    public string QueueUrl { get; set; }

    public int? MaxNumberOfMessages { get; set; }

    public int? VisibilityTimeout { get; set; }

    public int? WaitTimeSeconds { get; set; }

    public List<string> MessageAttributeNames { get; set; }

    public List<string> MessageSystemAttributeNames { get; set; }
}

/// <summary>The messages received; null when there were none.</summary>
public partial class ReceiveMessageResponse : AmazonWebServiceResponse
{
    public List<Message> Messages { get; set; }
}

/// <summary>A received message.</summary>
public partial class Message
{
    public string MessageId { get; set; }

    public string ReceiptHandle { get; set; }

    public string Body { get; set; }

    public string MD5OfBody { get; set; }

    public string MD5OfMessageAttributes { get; set; }

    public Dictionary<string, string> Attributes { get; set; }

    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; }
}
