using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Deletes a received message.</summary>
public partial class DeleteMessageRequest : AmazonSQSRequest
{
    public string QueueUrl { get; set; }

    public string ReceiptHandle { get; set; }
}

/// <summary>Nothing but the acknowledgement.</summary>
public partial class DeleteMessageResponse : AmazonWebServiceResponse
{
}

/// <summary>Deletes up to ten received messages.</summary>
public partial class DeleteMessageBatchRequest : AmazonSQSRequest
{
    public string QueueUrl { get; set; }

    public List<DeleteMessageBatchRequestEntry> Entries { get; set; }
}

/// <summary>One message of a batch.</summary>
public partial class DeleteMessageBatchRequestEntry
{
    public string Id { get; set; }

    public string ReceiptHandle { get; set; }
}

/// <summary>What became of each entry.</summary>
public partial class DeleteMessageBatchResponse : AmazonWebServiceResponse
{
    public List<DeleteMessageBatchResultEntry> Successful { get; set; }

    public List<BatchResultErrorEntry> Failed { get; set; }
}

/// <summary>A deleted entry.</summary>
public partial class DeleteMessageBatchResultEntry
{
    public string Id { get; set; }
}
