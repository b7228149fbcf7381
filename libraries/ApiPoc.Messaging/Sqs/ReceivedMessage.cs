using Amazon.SQS.Model;
using ApiPoc.Domain.Jobs;
using ApiPoc.Messaging.Jobs;
using ApiPoc.Messaging.Tracing;

namespace ApiPoc.Messaging.Sqs;

/// <summary>Reads what SQS delivers.</summary>
internal static class ReceivedMessage
{
    public static QueuedMessage Read(Message message) =>
        new(
            message.MessageId,
            message.ReceiptHandle,
            message.Body,
            int.TryParse(message.Attributes?.GetValueOrDefault("ApproximateReceiveCount"), out var count) ? count : 1,
            Text(message, TraceContext.TraceParentAttribute),
            long.TryParse(message.Attributes?.GetValueOrDefault("SentTimestamp"), out var sent) ? DateTimeOffset.FromUnixTimeMilliseconds(sent) : null)
        {
            TraceState = Text(message, TraceContext.TraceStateAttribute),
            IsRedriven = Text(message, DeadLetterAttributes.Reason) is not null && Text(message, DeadLetterAttributes.Attempts) is not null,
        };

    private static string? Text(Message message, string attribute) => message.MessageAttributes?.GetValueOrDefault(attribute)?.StringValue;
}
