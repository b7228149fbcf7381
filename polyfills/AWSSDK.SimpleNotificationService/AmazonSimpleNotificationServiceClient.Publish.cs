using Amazon.SimpleNotificationService.Internal;
using Amazon.SimpleNotificationService.Model;

namespace Amazon.SimpleNotificationService;

public partial class AmazonSimpleNotificationServiceClient
{
    public virtual Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            request,
            (publish, parameters) =>
            {
                parameters.Add("TopicArn", publish.TopicArn);
                parameters.Add("Message", publish.Message);
                parameters.Add("Subject", publish.Subject);
                parameters.Add("MessageAttributes", publish.MessageAttributes);
            },
            result => new PublishResponse { MessageId = result["MessageId"] },
            cancellationToken);

    public virtual Task<PublishResponse> PublishAsync(string topicArn, string message, CancellationToken cancellationToken = default) =>
        PublishAsync(new PublishRequest { TopicArn = topicArn, Message = message }, cancellationToken);

    public virtual Task<PublishBatchResponse> PublishBatchAsync(PublishBatchRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            request,
            WriteBatch,
            result => new PublishBatchResponse
            {
                Successful = result.List("Successful")?.ConvertAll(entry => new PublishBatchResultEntry { Id = entry["Id"], MessageId = entry["MessageId"] }),
                Failed = result.List("Failed")?.ConvertAll(ReadFailed),
            },
            cancellationToken);

    private static void WriteBatch(PublishBatchRequest batch, QueryParameters parameters)
    {
        parameters.Add("TopicArn", batch.TopicArn);
        foreach (var (index, entry) in batch.PublishBatchRequestEntries.Index())
        {
            var name = $"PublishBatchRequestEntries.member.{index + 1}";
            parameters.Add($"{name}.Id", entry.Id);
            parameters.Add($"{name}.Message", entry.Message);
            parameters.Add($"{name}.Subject", entry.Subject);
            parameters.Add($"{name}.MessageAttributes", entry.MessageAttributes);
        }
    }

    private static BatchResultErrorEntry ReadFailed(QueryResult entry) => new()
    {
        Id = entry["Id"],
        Code = entry["Code"],
        Message = entry["Message"],
        SenderFault = entry["SenderFault"] is { } fault ? bool.Parse(fault) : null,
    };
}
