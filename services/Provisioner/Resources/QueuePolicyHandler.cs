using Amazon.SQS;

namespace ApiPoc.Provisioner.Resources;

/// <summary>Who may use queues: one policy document set on each.</summary>
internal sealed class QueuePolicyHandler(IAmazonSQS sqs) : IResourceHandler
{
    public string Type => "AWS::SQS::QueuePolicy";

    public IReadOnlySet<string> Properties { get; } = new SortedSet<string>(["PolicyDocument", "Queues"], StringComparer.Ordinal);

    public async Task<ProvisionedResource> ApplyAsync(ResourceProperties properties, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<string, string>(StringComparer.Ordinal) { ["Policy"] = properties.Required("PolicyDocument") };
        var changed = 0;
        var urls = properties.List("Queues").ToArray();
        foreach (var url in urls)
        {
            var present = await sqs.GetQueueAttributesAsync(url, ["Policy"], cancellationToken);
            var difference = AttributeDifference.Find(wanted, present.Attributes);
            if (difference.Count == 0)
                continue;
            await sqs.SetQueueAttributesAsync(url, difference, cancellationToken);
            changed++;
        }

        return new ProvisionedResource(string.Join(',', urls), new Dictionary<string, string>(), changed == 0 ? "unchanged" : $"changed on {changed} of {urls.Length} queues");
    }
}
