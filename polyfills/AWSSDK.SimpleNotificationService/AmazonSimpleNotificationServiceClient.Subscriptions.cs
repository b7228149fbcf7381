using Amazon.SimpleNotificationService.Internal;
using Amazon.SimpleNotificationService.Model;

namespace Amazon.SimpleNotificationService;

public partial class AmazonSimpleNotificationServiceClient
{
    public virtual Task<SubscribeResponse> SubscribeAsync(SubscribeRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            request,
            (subscription, parameters) =>
            {
                parameters.Add("TopicArn", subscription.TopicArn);
                parameters.Add("Protocol", subscription.Protocol);
                parameters.Add("Endpoint", subscription.Endpoint);
                parameters.Add("Attributes", subscription.Attributes);
                parameters.Add("ReturnSubscriptionArn", subscription.ReturnSubscriptionArn switch { true => "true", false => "false", null => null });
            },
            result => new SubscribeResponse { SubscriptionArn = result["SubscriptionArn"] },
            cancellationToken);

    public virtual Task<ListSubscriptionsByTopicResponse> ListSubscriptionsByTopicAsync(
        ListSubscriptionsByTopicRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            request,
            (page, parameters) =>
            {
                parameters.Add("TopicArn", page.TopicArn);
                parameters.Add("NextToken", page.NextToken);
            },
            result => new ListSubscriptionsByTopicResponse
            {
                Subscriptions = result.List("Subscriptions")?.ConvertAll(ReadSubscription),
                NextToken = result["NextToken"],
            },
            cancellationToken);

    public virtual Task<GetSubscriptionAttributesResponse> GetSubscriptionAttributesAsync(
        GetSubscriptionAttributesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            request,
            (subscription, parameters) => parameters.Add("SubscriptionArn", subscription.SubscriptionArn),
            result => new GetSubscriptionAttributesResponse { Attributes = result.Map("Attributes") },
            cancellationToken);

    public virtual Task<GetSubscriptionAttributesResponse> GetSubscriptionAttributesAsync(
        string subscriptionArn, CancellationToken cancellationToken = default) =>
        GetSubscriptionAttributesAsync(new GetSubscriptionAttributesRequest { SubscriptionArn = subscriptionArn }, cancellationToken);

    public virtual Task<SetSubscriptionAttributesResponse> SetSubscriptionAttributesAsync(
        SetSubscriptionAttributesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            request,
            (attribute, parameters) =>
            {
                parameters.Add("SubscriptionArn", attribute.SubscriptionArn);
                parameters.Add("AttributeName", attribute.AttributeName);
                parameters.Add("AttributeValue", attribute.AttributeValue);
            },
            _ => new SetSubscriptionAttributesResponse(),
            cancellationToken);

    public virtual Task<SetSubscriptionAttributesResponse> SetSubscriptionAttributesAsync(
        string subscriptionArn, string attributeName, string attributeValue, CancellationToken cancellationToken = default) =>
        SetSubscriptionAttributesAsync(
            new SetSubscriptionAttributesRequest { SubscriptionArn = subscriptionArn, AttributeName = attributeName, AttributeValue = attributeValue },
            cancellationToken);

    private static Subscription ReadSubscription(QueryResult item) => new()
    {
        SubscriptionArn = item["SubscriptionArn"],
        Owner = item["Owner"],
        Protocol = item["Protocol"],
        Endpoint = item["Endpoint"],
        TopicArn = item["TopicArn"],
    };
}
