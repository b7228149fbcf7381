using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>Creates a topic, or answers the one that is there.</summary>
public partial class CreateTopicRequest : AmazonSimpleNotificationServiceRequest
{
    public string Name { get; set; }

    public Dictionary<string, string> Attributes { get; set; }
}

/// <summary>The topic's ARN.</summary>
public partial class CreateTopicResponse : AmazonWebServiceResponse
{
    public string TopicArn { get; set; }
}

/// <summary>Asks for a topic's attributes.</summary>
public partial class GetTopicAttributesRequest : AmazonSimpleNotificationServiceRequest
{
    public string TopicArn { get; set; }
}

/// <summary>A topic's attributes.</summary>
public partial class GetTopicAttributesResponse : AmazonWebServiceResponse
{
    public Dictionary<string, string> Attributes { get; set; }
}

/// <summary>Sets one attribute of a topic.</summary>
public partial class SetTopicAttributesRequest : AmazonSimpleNotificationServiceRequest
{
    public string TopicArn { get; set; }

    public string AttributeName { get; set; }

    public string AttributeValue { get; set; }
}

/// <summary>Nothing but the acknowledgement.</summary>
public partial class SetTopicAttributesResponse : AmazonWebServiceResponse
{
}

/// <summary>Asks for a page of topics.</summary>
public partial class ListTopicsRequest : AmazonSimpleNotificationServiceRequest
{
    public string NextToken { get; set; }
}

/// <summary>A page of topics; the token is null on the last.</summary>
public partial class ListTopicsResponse : AmazonWebServiceResponse
{
    public List<Topic> Topics { get; set; }

    public string NextToken { get; set; }
}

/// <summary>A topic.</summary>
public partial class Topic
{
    public string TopicArn { get; set; }
}
