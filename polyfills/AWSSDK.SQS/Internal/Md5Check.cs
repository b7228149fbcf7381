using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Internal;

/// <summary>The pipeline's step that refuses an answer whose digests do not match what was sent or received.</summary>
internal sealed class Md5Check : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var response = await base.InvokeAsync<T>(executionContext);
        Check(executionContext.RequestContext.OriginalRequest, response);
        return response;
    }

    private static void Check(AmazonWebServiceRequest request, object response)
    {
        switch (request, response)
        {
            case (_, ReceiveMessageResponse { Messages: { } messages }):
                foreach (var message in messages)
                {
                    CheckBody(message.Body, message.MD5OfBody, message.MessageId);
                    CheckAttributes(message.MessageAttributes, message.MD5OfMessageAttributes, message.MessageId);
                }

                break;
            case (SendMessageRequest send, SendMessageResponse sent):
                if (!string.IsNullOrEmpty(sent.MD5OfMessageBody)) CheckBody(send.MessageBody, sent.MD5OfMessageBody, sent.MessageId);
                CheckAttributes(send.MessageAttributes, sent.MD5OfMessageAttributes, sent.MessageId);
                break;
            case (SendMessageBatchRequest batch, SendMessageBatchResponse { Successful: { } successful }):
                var entries = batch.Entries.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
                foreach (var sent in successful)
                {
                    CheckBody(entries[sent.Id].MessageBody, sent.MD5OfMessageBody, sent.MessageId);
                    CheckAttributes(entries[sent.Id].MessageAttributes, sent.MD5OfMessageAttributes, sent.MessageId);
                }

                break;
        }
    }

    private static void CheckBody(string body, string md5, string messageId)
    {
        if (!string.Equals(Md5.Of(body), md5, StringComparison.OrdinalIgnoreCase))
            throw new AmazonSQSException($"MD5 hash mismatch for message id {messageId}");
    }

    private static void CheckAttributes(Dictionary<string, MessageAttributeValue> attributes, string md5, string messageId)
    {
        if (attributes is not { Count: > 0 } || string.IsNullOrEmpty(md5)) return;
        if (!string.Equals(Md5.Of(attributes), md5, StringComparison.OrdinalIgnoreCase))
            throw new AmazonSQSException($"Attribute MD5 hash mismatch for message id {messageId}");
    }
}
