using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Hides a received message for a time from now, 0 to 43200 seconds.</summary>
public partial class ChangeMessageVisibilityRequest : AmazonSQSRequest
{
    public string QueueUrl { get; set; }

    public string ReceiptHandle { get; set; }

    public int? VisibilityTimeout { get; set; }
}

/// <summary>Nothing but the acknowledgement.</summary>
public partial class ChangeMessageVisibilityResponse : AmazonWebServiceResponse
{
}

/// <summary>Hides up to ten received messages.</summary>
public partial class ChangeMessageVisibilityBatchRequest : AmazonSQSRequest
{
    public string QueueUrl { get; set; }

    public List<ChangeMessageVisibilityBatchRequestEntry> Entries { get; set; }
}

/// <summary>One message of a batch.</summary>
public partial class ChangeMessageVisibilityBatchRequestEntry
{
    public string Id { get; set; }

    public string ReceiptHandle { get; set; }

    public int? VisibilityTimeout { get; set; }
}

/// <summary>What became of each entry.</summary>
public partial class ChangeMessageVisibilityBatchResponse : AmazonWebServiceResponse
{
    public List<ChangeMessageVisibilityBatchResultEntry> Successful { get; set; }

    public List<BatchResultErrorEntry> Failed { get; set; }
}

/// <summary>A changed entry.</summary>
public partial class ChangeMessageVisibilityBatchResultEntry
{
    public string Id { get; set; }
}
