using Amazon.SimpleNotificationService.Model;

namespace Amazon.SimpleNotificationService;

public partial class AmazonSimpleNotificationServiceClient
{
    public virtual Task<CreateTopicResponse> CreateTopicAsync(CreateTopicRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            request,
            (topic, parameters) =>
            {
                parameters.Add("Name", topic.Name);
                parameters.Add("Attributes", topic.Attributes);
            },
            result => new CreateTopicResponse { TopicArn = result["TopicArn"] },
            cancellationToken);

    public virtual Task<CreateTopicResponse> CreateTopicAsync(string name, CancellationToken cancellationToken = default) =>
        CreateTopicAsync(new CreateTopicRequest { Name = name }, cancellationToken);

    public virtual Task<GetTopicAttributesResponse> GetTopicAttributesAsync(GetTopicAttributesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            request,
            (topic, parameters) => parameters.Add("TopicArn", topic.TopicArn),
            result => new GetTopicAttributesResponse { Attributes = result.Map("Attributes") },
            cancellationToken);

    public virtual Task<GetTopicAttributesResponse> GetTopicAttributesAsync(string topicArn, CancellationToken cancellationToken = default) =>
        GetTopicAttributesAsync(new GetTopicAttributesRequest { TopicArn = topicArn }, cancellationToken);

    public virtual Task<SetTopicAttributesResponse> SetTopicAttributesAsync(SetTopicAttributesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            request,
            (attribute, parameters) =>
            {
                parameters.Add("TopicArn", attribute.TopicArn);
                parameters.Add("AttributeName", attribute.AttributeName);
                parameters.Add("AttributeValue", attribute.AttributeValue);
            },
            _ => new SetTopicAttributesResponse(),
            cancellationToken);

    public virtual Task<SetTopicAttributesResponse> SetTopicAttributesAsync(
        string topicArn, string attributeName, string attributeValue, CancellationToken cancellationToken = default) =>
        SetTopicAttributesAsync(
            new SetTopicAttributesRequest { TopicArn = topicArn, AttributeName = attributeName, AttributeValue = attributeValue }, cancellationToken);

    public virtual Task<ListTopicsResponse> ListTopicsAsync(ListTopicsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(
            request,
            (page, parameters) => parameters.Add("NextToken", page.NextToken),
            result => new ListTopicsResponse
            {
                Topics = result.List("Topics")?.ConvertAll(topic => new Topic { TopicArn = topic["TopicArn"] }),
                NextToken = result["NextToken"],
            },
            cancellationToken);
}
