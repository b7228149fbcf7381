using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>Publishes one message.</summary>
public partial class PublishRequest : AmazonSimpleNotificationServiceRequest
{
    public string TopicArn { get; set; }

    public string Message { get; set; }

    public string Subject { get; set; }

    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; }
}

/// <summary>The message's id.</summary>
public partial class PublishResponse : AmazonWebServiceResponse
{
    public string MessageId { get; set; }
}

/// <summary>A typed value that travels beside a message.</summary>
public partial class MessageAttributeValue
{
    public string DataType { get; set; }

    public string StringValue { get; set; }

    public MemoryStream BinaryValue { get; set; }
}

/// <summary>Publishes up to ten messages.</summary>
public partial class PublishBatchRequest : AmazonSimpleNotificationServiceRequest
{
    public string TopicArn { get; set; }

    public List<PublishBatchRequestEntry> PublishBatchRequestEntries { get; set; }
}

/// <summary>One message of a batch.</summary>
public partial class PublishBatchRequestEntry
{
    public string Id { get; set; }

    public string Message { get; set; }

    public string Subject { get; set; }

    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; }
}

/// <summary>What became of each entry.</summary>
public partial class PublishBatchResponse : AmazonWebServiceResponse
{
    public List<PublishBatchResultEntry> Successful { get; set; }

    public List<BatchResultErrorEntry> Failed { get; set; }
}

/// <summary>A published entry.</summary>
public partial class PublishBatchResultEntry
{
    public string Id { get; set; }

    public string MessageId { get; set; }
}

/// <summary>An entry that failed.</summary>
public partial class BatchResultErrorEntry
{
    public string Id { get; set; }

    public string Code { get; set; }

    public string Message { get; set; }

    public bool? SenderFault { get; set; }
}
