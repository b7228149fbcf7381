using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace ApiPoc.Provisioner.Resources;

/// <summary>Subscriptions, told apart by topic, protocol and endpoint. <c>Ref</c> is the subscription's ARN.</summary>
internal sealed class SubscriptionHandler(IAmazonSimpleNotificationService sns) : IResourceHandler
{
    private static readonly string[] Settings = ["FilterPolicy", "FilterPolicyScope", "RawMessageDelivery", "RedrivePolicy"];

    public string Type => "AWS::SNS::Subscription";

    public IReadOnlySet<string> Properties { get; } = new SortedSet<string>(["Endpoint", "Protocol", "TopicArn", .. Settings], StringComparer.Ordinal);

    public async Task<ProvisionedResource> ApplyAsync(ResourceProperties properties, CancellationToken cancellationToken)
    {
        var subscription = new SubscribeRequest
        {
            TopicArn = properties.Required("TopicArn"),
            Protocol = properties.Required("Protocol"),
            Endpoint = properties.Required("Endpoint"),
            Attributes = properties.Attributes(Settings),
            ReturnSubscriptionArn = true,
        };
        if (await FindAsync(subscription, cancellationToken) is not { } arn)
            return Describe((await sns.SubscribeAsync(subscription, cancellationToken)).SubscriptionArn, "created");

        var present = await sns.GetSubscriptionAttributesAsync(arn, cancellationToken);
        var difference = AttributeDifference.Find(subscription.Attributes, present.Attributes);
        foreach (var (attribute, value) in difference)
            await sns.SetSubscriptionAttributesAsync(arn, attribute, value, cancellationToken);
        return Describe(arn, AttributeDifference.Describe(difference));
    }

    private async Task<string?> FindAsync(SubscribeRequest wanted, CancellationToken cancellationToken)
    {
        string? page = null;
        do
        {
            var response = await sns.ListSubscriptionsByTopicAsync(
                new ListSubscriptionsByTopicRequest { TopicArn = wanted.TopicArn, NextToken = page }, cancellationToken);
            if ((response.Subscriptions ?? []).Find(present => present.Protocol == wanted.Protocol && present.Endpoint == wanted.Endpoint) is { } found)
                return found.SubscriptionArn;
            page = response.NextToken;
        }
        while (!string.IsNullOrEmpty(page));

        return null;
    }

    private static ProvisionedResource Describe(string arn, string change) => new(arn, new Dictionary<string, string>(StringComparer.Ordinal) { ["Arn"] = arn }, change);
}
