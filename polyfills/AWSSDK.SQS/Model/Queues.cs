using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Creates a queue, or answers the address of the one that is there with the same attributes.</summary>
public partial class CreateQueueRequest : AmazonSQSRequest
{
    public string QueueName { get; set; }

    public Dictionary<string, string> Attributes { get; set; }

    // The one member whose name on the wire is not its own.
    [JsonPropertyName("tags")]
    public Dictionary<string, string> Tags { get; set; }
}

/// <summary>The queue's address.</summary>
public partial class CreateQueueResponse : AmazonWebServiceResponse
{
    public string QueueUrl { get; set; }
}

/// <summary>Deletes a queue with its messages.</summary>
public partial class DeleteQueueRequest : AmazonSQSRequest
{
    public string QueueUrl { get; set; }
}

/// <summary>Nothing but the acknowledgement.</summary>
public partial class DeleteQueueResponse : AmazonWebServiceResponse
{
}

/// <summary>Asks for a queue's address.</summary>
public partial class GetQueueUrlRequest : AmazonSQSRequest
{
    public string QueueName { get; set; }

    public string QueueOwnerAWSAccountId { get; set; }
}

/// <summary>The queue's address.</summary>
public partial class GetQueueUrlResponse : AmazonWebServiceResponse
{
    public string QueueUrl { get; set; }
}

/// <summary>Asks for the addresses of queues.</summary>
public partial class ListQueuesRequest : AmazonSQSRequest
{
    public string QueueNamePrefix { get; set; }

    public string NextToken { get; set; }

    public int? MaxResults { get; set; }
}

/// <summary>A page of queue addresses.</summary>
public partial class ListQueuesResponse : AmazonWebServiceResponse
{
    public List<string> QueueUrls { get; set; }

    public string NextToken { get; set; }
}

/// <summary>Deletes a queue's messages.</summary>
public partial class PurgeQueueRequest : AmazonSQSRequest
{
    public string QueueUrl { get; set; }
}

/// <summary>Nothing but the acknowledgement.</summary>
public partial class PurgeQueueResponse : AmazonWebServiceResponse
{
}
