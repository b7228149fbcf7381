using Amazon.SQS;
using Amazon.SQS.Model;

namespace ApiPoc.Provisioner.Resources;

/// <summary>Queues. <c>Ref</c> is the queue's address.</summary>
internal sealed class QueueHandler(IAmazonSQS sqs) : IResourceHandler
{
    private static readonly string[] Settings =
        ["DelaySeconds", "MaximumMessageSize", "MessageRetentionPeriod", "ReceiveMessageWaitTimeSeconds", "RedrivePolicy", "VisibilityTimeout"];

    public string Type => "AWS::SQS::Queue";

    public IReadOnlySet<string> Properties { get; } = new SortedSet<string>(["QueueName", .. Settings], StringComparer.Ordinal);

    public async Task<ProvisionedResource> ApplyAsync(ResourceProperties properties, CancellationToken cancellationToken)
    {
        var name = properties.Required("QueueName");
        var wanted = properties.Attributes(Settings);
        if (await FindAsync(name, cancellationToken) is not { } url)
        {
            var created = await sqs.CreateQueueAsync(new CreateQueueRequest { QueueName = name, Attributes = wanted }, cancellationToken);
            return Describe(name, created.QueueUrl, await ReadAsync(created.QueueUrl, cancellationToken), "created");
        }

        var present = await ReadAsync(url, cancellationToken);
        var difference = AttributeDifference.Find(wanted, present);
        if (difference.Count > 0)
            await sqs.SetQueueAttributesAsync(url, difference, cancellationToken);
        return Describe(name, url, present, AttributeDifference.Describe(difference));
    }

    private async Task<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await sqs.GetQueueUrlAsync(name, cancellationToken)).QueueUrl;
        }
        catch (QueueDoesNotExistException)
        {
            return null;
        }
    }

    private async Task<Dictionary<string, string>> ReadAsync(string url, CancellationToken cancellationToken) =>
        (await sqs.GetQueueAttributesAsync(url, ["All"], cancellationToken)).Attributes;

    private static ProvisionedResource Describe(string name, string url, Dictionary<string, string> attributes, string change) =>
        new(url, new Dictionary<string, string>(StringComparer.Ordinal) { ["Arn"] = attributes["QueueArn"], ["QueueName"] = name, ["QueueUrl"] = url }, change);
}
