using Amazon.SQS.Model;
using ApiPoc.Domain.Jobs;
using ApiPoc.Messaging.Sqs;
using ApiPoc.Messaging.Tracing;

namespace ApiPoc.Messaging.Jobs;

/// <summary>What stands beside a dead-lettered message: why, after how many attempts, with which last status (0: no call was answered).</summary>
internal static class DeadLetterAttributes
{
    public const string Reason = "reason";
    public const string Attempts = "attempts";

    private const int MaxDetail = 500;

    public static Dictionary<string, MessageAttributeValue> Of(DeadLetter deadLetter, TraceContext trace)
    {
        var attributes = MessageAttributes.Of(trace);
        attributes[Reason] = MessageAttributes.Text(deadLetter.Reason);
        attributes[Attempts] = MessageAttributes.Number(deadLetter.Attempts);
        attributes["last_status"] = MessageAttributes.Number(deadLetter.LastStatus ?? 0);
        if (Printable(deadLetter.Detail) is { Length: > 0 } detail)
            attributes["detail"] = MessageAttributes.Text(detail);
        return attributes;
    }

    // SQS refuses control characters, and a detail may quote what an API or a sender wrote.
    private static string Printable(string text) =>
        string.Concat(text.Take(MaxDetail).Select(character => char.IsControl(character) || char.IsSurrogate(character) || character >= '\uFFFE' ? ' ' : character)).Trim();
}
