using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace ApiPoc.Provisioner.Resources;

/// <summary>Topics. <c>Ref</c> is the topic's ARN.</summary>
internal sealed class TopicHandler(IAmazonSimpleNotificationService sns) : IResourceHandler
{
    private static readonly string[] Settings = ["DisplayName"];

    public string Type => "AWS::SNS::Topic";

    public IReadOnlySet<string> Properties { get; } = new SortedSet<string>(["TopicName", .. Settings], StringComparer.Ordinal);

    public async Task<ProvisionedResource> ApplyAsync(ResourceProperties properties, CancellationToken cancellationToken)
    {
        var name = properties.Required("TopicName");
        var wanted = properties.Attributes(Settings);
        if (await FindAsync(name, cancellationToken) is not { } arn)
        {
            var created = await sns.CreateTopicAsync(new CreateTopicRequest { Name = name, Attributes = wanted }, cancellationToken);
            return Describe(name, created.TopicArn, "created");
        }

        var present = await sns.GetTopicAttributesAsync(arn, cancellationToken);
        var difference = AttributeDifference.Find(wanted, present.Attributes);
        foreach (var (attribute, value) in difference)
            await sns.SetTopicAttributesAsync(arn, attribute, value, cancellationToken);
        return Describe(name, arn, AttributeDifference.Describe(difference));
    }

    private async Task<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        string? page = null;
        do
        {
            var response = await sns.ListTopicsAsync(new ListTopicsRequest { NextToken = page }, cancellationToken);
            if ((response.Topics ?? []).Find(topic => topic.TopicArn.EndsWith($":{name}", StringComparison.Ordinal)) is { } found)
                return found.TopicArn;
            page = response.NextToken;
        }
        while (!string.IsNullOrEmpty(page));

        return null;
    }

    private static ProvisionedResource Describe(string name, string arn, string change) =>
        new(arn, new Dictionary<string, string>(StringComparer.Ordinal) { ["TopicArn"] = arn, ["TopicName"] = name }, change);
}
