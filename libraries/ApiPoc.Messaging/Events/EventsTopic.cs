using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Microsoft.Extensions.Options;

namespace ApiPoc.Messaging.Events;

/// <summary>The topic of throttle events. Its ARN is found by name once, and again when SNS says the topic does not exist.</summary>
internal sealed class EventsTopic(IAmazonSimpleNotificationService sns, IOptions<MessagingOptions> options, TimeProvider time)
{
    private string? _arn;

    public string Name => options.Value.EventsTopic;

    /// <summary>Publishes up to ten events in one call.</summary>
    /// <returns>The entries the topic refused, by their index.</returns>
    public async Task<IReadOnlyDictionary<int, BatchResultErrorEntry>> PublishAsync(IReadOnlyList<PendingEvent> events, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Value.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var request = new PublishBatchRequest
        {
            TopicArn = _arn ??= await FindAsync(either.Token),
            PublishBatchRequestEntries = [.. events.Index().Select(pending => Entry(pending.Index, pending.Item))],
        };
        try
        {
            var response = await sns.PublishBatchAsync(request, either.Token);
            return (response.Failed ?? []).ToDictionary(entry => int.Parse(entry.Id));
        }
        catch (NotFoundException)
        {
            _arn = null;
            throw;
        }
    }

    // Listing, because an ARN cannot be put together without the account's number, and CreateTopic would need the right to create.
    private async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        string? page = null;
        do
        {
            var response = await sns.ListTopicsAsync(new ListTopicsRequest { NextToken = page }, cancellationToken);
            if ((response.Topics ?? []).Find(topic => topic.TopicArn.EndsWith($":{Name}", StringComparison.Ordinal)) is { } found)
                return found.TopicArn;
            page = response.NextToken;
        }
        while (!string.IsNullOrEmpty(page));

        throw new InvalidOperationException($"There is no topic '{Name}'. Has the provisioner run?");
    }

    private static PublishBatchRequestEntry Entry(int index, PendingEvent pending)
    {
        KeyValuePair<string, string>[] attributes = [new("type", pending.Type), .. pending.Trace.Attributes()];
        return new PublishBatchRequestEntry
        {
            Id = $"{index}",
            Message = pending.Json,
            MessageAttributes = attributes.ToDictionary(
                attribute => attribute.Key,
                attribute => new MessageAttributeValue { DataType = "String", StringValue = attribute.Value },
                StringComparer.Ordinal),
        };
    }
}
