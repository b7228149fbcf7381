using Amazon.SQS.Model;
using ApiPoc.Messaging.Tracing;

namespace ApiPoc.Messaging.Sqs;

/// <summary>Attributes of messages to send.</summary>
internal static class MessageAttributes
{
    public static Dictionary<string, MessageAttributeValue> Of(TraceContext trace) =>
        trace.Attributes().ToDictionary(attribute => attribute.Key, attribute => Text(attribute.Value), StringComparer.Ordinal);

    public static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = value };

    public static MessageAttributeValue Number(int value) => new() { DataType = "Number", StringValue = $"{value}" };
}
