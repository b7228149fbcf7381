using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>One message to send.</summary>
public partial class SendMessageRequest : AmazonSQSRequest
{
    public string QueueUrl { get; set; }

    public string MessageBody { get; set; }

    public int? DelaySeconds { get; set; }

    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; }
}

/// <summary>The service's id and digests of a sent message.</summary>
public partial class SendMessageResponse : AmazonWebServiceResponse
{
    public string MessageId { get; set; }

    public string MD5OfMessageBody { get; set; }

    public string MD5OfMessageAttributes { get; set; }

    public string MD5OfMessageSystemAttributes { get; set; }

    public string SequenceNumber { get; set; }
}

/// <summary>Up to ten messages to send.</summary>
public partial class SendMessageBatchRequest : AmazonSQSRequest
{
    public string QueueUrl { get; set; }

    public List<SendMessageBatchRequestEntry> Entries { get; set; }
}

/// <summary>One message of a batch.</summary>
public partial class SendMessageBatchRequestEntry
{
    public string Id { get; set; }

    public string MessageBody { get; set; }

    public int? DelaySeconds { get; set; }

    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; }
}

/// <summary>What became of each entry.</summary>
public partial class SendMessageBatchResponse : AmazonWebServiceResponse
{
    public List<SendMessageBatchResultEntry> Successful { get; set; }

    public List<BatchResultErrorEntry> Failed { get; set; }
}

/// <summary>A sent entry.</summary>
public partial class SendMessageBatchResultEntry
{
    public string Id { get; set; }

    public string MessageId { get; set; }

    public string MD5OfMessageBody { get; set; }

    public string MD5OfMessageAttributes { get; set; }
}
