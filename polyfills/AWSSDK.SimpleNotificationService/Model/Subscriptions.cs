using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>Subscribes an endpoint to a topic.</summary>
public partial class SubscribeRequest : AmazonSimpleNotificationServiceRequest
{
    public string TopicArn { get; set; }

    public string Protocol { get; set; }

    public string Endpoint { get; set; }

    public Dictionary<string, string> Attributes { get; set; }

    public bool? ReturnSubscriptionArn { get; set; }
}

/// <summary>The subscription's ARN.</summary>
public partial class SubscribeResponse : AmazonWebServiceResponse
{
    public string SubscriptionArn { get; set; }
}

/// <summary>Asks for a page of a topic's subscriptions.</summary>
public partial class ListSubscriptionsByTopicRequest : AmazonSimpleNotificationServiceRequest
{
    public string TopicArn { get; set; }

    public string NextToken { get; set; }
}

/// <summary>A page of subscriptions; the token is null on the last.</summary>
public partial class ListSubscriptionsByTopicResponse : AmazonWebServiceResponse
{
    public List<Subscription> Subscriptions { get; set; }

    public string NextToken { get; set; }
}

/// <summary>A subscription.</summary>
public partial class Subscription
{
    public string SubscriptionArn { get; set; }

    public string Owner { get; set; }

    public string Protocol { get; set; }

    public string Endpoint { get; set; }

    public string TopicArn { get; set; }
}

/// <summary>Asks for a subscription's attributes.</summary>
public partial class GetSubscriptionAttributesRequest : AmazonSimpleNotificationServiceRequest
{
    public string SubscriptionArn { get; set; }
}

/// <summary>A subscription's attributes.</summary>
public partial class GetSubscriptionAttributesResponse : AmazonWebServiceResponse
{
    public Dictionary<string, string> Attributes { get; set; }
}

/// <summary>Sets one attribute of a subscription.</summary>
public partial class SetSubscriptionAttributesRequest : AmazonSimpleNotificationServiceRequest
{
    public string SubscriptionArn { get; set; }

    public string AttributeName { get; set; }

    public string AttributeValue { get; set; }
}

/// <summary>Nothing but the acknowledgement.</summary>
public partial class SetSubscriptionAttributesResponse : AmazonWebServiceResponse
{
}
