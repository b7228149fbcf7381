using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Asks for a queue's attributes.</summary>
public partial class GetQueueAttributesRequest : AmazonSQSRequest
{
    public string QueueUrl { get; set; }

    public List<string> AttributeNames { get; set; }
}

/// <summary>The attributes asked for, also as typed values: 0 or null where absent.</summary>
public partial class GetQueueAttributesResponse : AmazonWebServiceResponse
{
    public Dictionary<string, string> Attributes { get; set; }

    public int ApproximateNumberOfMessages => Number("ApproximateNumberOfMessages");

    public int ApproximateNumberOfMessagesNotVisible => Number("ApproximateNumberOfMessagesNotVisible");

    public int ApproximateNumberOfMessagesDelayed => Number("ApproximateNumberOfMessagesDelayed");

    public int VisibilityTimeout => Number("VisibilityTimeout");

    public string QueueARN => Text("QueueArn");

    public string Policy => Text("Policy");

    private int Number(string name) => int.TryParse(Text(name), out var value) ? value : 0;

    private string Text(string name) => Attributes?.GetValueOrDefault(name);
}

/// <summary>Changes the attributes named, leaves the others.</summary>
public partial class SetQueueAttributesRequest : AmazonSQSRequest
{
    public string QueueUrl { get; set; }

    public Dictionary<string, string> Attributes { get; set; }
}

/// <summary>Nothing but the acknowledgement.</summary>
public partial class SetQueueAttributesResponse : AmazonWebServiceResponse
{
}
