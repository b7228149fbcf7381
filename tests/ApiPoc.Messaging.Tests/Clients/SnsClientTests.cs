using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace ApiPoc.Messaging.Tests.Clients;

/// <summary>The SNS client against the npm emulator, which knows nothing of it.</summary>
public sealed class SnsClientTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task Publish_RawSubscription_ArrivesInTheQueueWithItsAttributes()
    {
        var (name, topic, _) = await SubscribedQueueAsync(("RawMessageDelivery", "true"));

        var published = await emulator.Sns.PublishAsync(new PublishRequest
        {
            TopicArn = topic,
            Subject = "s",
            Message = "a=1&b=ü+%20 <x>",
            MessageAttributes = new()
            {
                ["type"] = new() { DataType = "String", StringValue = "breaker.opened" },
                ["blob"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([1, 2, 3]) },
            },
        });

        Assert.NotEmpty(published.MessageId);
        Assert.NotEmpty(published.ResponseMetadata.RequestId);
        var message = (await emulator.LookIntoAsync(name)).Single()!;
        Assert.Equal("a=1&b=ü+%20 <x>", (string?)message["body"]);
        Assert.Equal("breaker.opened", (string?)message["messageAttributes"]!["type"]!["StringValue"]);
        Assert.Equal("AQID", (string?)message["messageAttributes"]!["blob"]!["BinaryValue"]);
    }

    [Fact]
    public async Task Publish_FilteredSubscription_BringsOnlyWhatMatches()
    {
        var (name, topic, _) = await SubscribedQueueAsync(("RawMessageDelivery", "true"), ("FilterPolicy", """{"type":["breaker.opened"]}"""));

        foreach (var type in new[] { "breaker.closed", "breaker.opened" })
        {
            await emulator.Sns.PublishAsync(new PublishRequest
            {
                TopicArn = topic,
                Message = type,
                MessageAttributes = new() { ["type"] = new() { DataType = "String", StringValue = type } },
            });
        }

        Assert.Equal("breaker.opened", (string?)(await emulator.LookIntoAsync(name)).Single()!["body"]);
    }

    [Fact]
    public async Task PublishBatch_OneTooLong_ReportsEach()
    {
        var (name, topic, _) = await SubscribedQueueAsync(("RawMessageDelivery", "true"));

        var response = await emulator.Sns.PublishBatchAsync(new PublishBatchRequest
        {
            TopicArn = topic,
            PublishBatchRequestEntries = [new() { Id = "good", Message = "short" }, new() { Id = "bad", Message = new string('x', 300_000) }],
        });

        Assert.Equal("good", Assert.Single(response.Successful).Id);
        var failed = Assert.Single(response.Failed);
        Assert.Equal(("bad", "InvalidParameter", true), (failed.Id, failed.Code, failed.SenderFault));
        Assert.Equal("short", (string?)(await emulator.LookIntoAsync(name)).Single()!["body"]);
    }

    [Fact]
    public async Task Subscription_ListedAndChanged_SaysSo()
    {
        var (name, topic, subscription) = await SubscribedQueueAsync();

        var listed = Assert.Single((await emulator.Sns.ListSubscriptionsByTopicAsync(new ListSubscriptionsByTopicRequest { TopicArn = topic })).Subscriptions);
        Assert.Equal((subscription, topic, "sqs"), (listed.SubscriptionArn, listed.TopicArn, listed.Protocol));
        Assert.EndsWith($":{name}", listed.Endpoint, StringComparison.Ordinal);

        await emulator.Sns.SetSubscriptionAttributesAsync(subscription, "RawMessageDelivery", "true");
        Assert.Equal("true", (await emulator.Sns.GetSubscriptionAttributesAsync(subscription)).Attributes["RawMessageDelivery"]);
    }

    [Fact]
    public async Task Topic_CreatedChangedListed_SaysSo()
    {
        var name = EmulatorFixture.NewName("topic");
        var created = await emulator.Sns.CreateTopicAsync(new CreateTopicRequest { Name = name, Attributes = new() { ["DisplayName"] = "A & B" } });
        Assert.Equal($"arn:aws:sns:eu-west-1:000000000000:{name}", created.TopicArn);
        Assert.Equal("A & B", (await emulator.Sns.GetTopicAttributesAsync(created.TopicArn)).Attributes["DisplayName"]);

        await emulator.Sns.SetTopicAttributesAsync(created.TopicArn, "DisplayName", "C");
        Assert.Equal("C", (await emulator.Sns.GetTopicAttributesAsync(created.TopicArn)).Attributes["DisplayName"]);
        Assert.Contains(created.TopicArn, (await emulator.Sns.ListTopicsAsync(new ListTopicsRequest())).Topics.Select(topic => topic.TopicArn));
    }

    [Fact]
    public async Task Mistakes_ThrowTheirTypes()
    {
        var missing = "arn:aws:sns:eu-west-1:000000000000:no-such-topic";

        var notFound = await Assert.ThrowsAsync<NotFoundException>(() => emulator.Sns.PublishAsync(missing, "x"));
        Assert.Equal(("NotFound", System.Net.HttpStatusCode.NotFound), (notFound.ErrorCode, notFound.StatusCode));
        await Assert.ThrowsAsync<InvalidParameterException>(
            () => emulator.Sns.SubscribeAsync(new SubscribeRequest { TopicArn = missing, Protocol = "pigeon", Endpoint = "roof" }));
        await Assert.ThrowsAnyAsync<AmazonSimpleNotificationServiceException>(() => emulator.Sns.CreateTopicAsync(new CreateTopicRequest()));
    }

    private async Task<(string QueueName, string TopicArn, string SubscriptionArn)> SubscribedQueueAsync(params (string Name, string Value)[] attributes)
    {
        var (name, url) = await emulator.CreateQueueAsync();
        var queueArn = (await emulator.Sqs.GetQueueAttributesAsync(url, ["QueueArn"])).QueueARN;
        var topic = await emulator.Sns.CreateTopicAsync(EmulatorFixture.NewName("topic"));
        var subscription = await emulator.Sns.SubscribeAsync(new SubscribeRequest
        {
            TopicArn = topic.TopicArn,
            Protocol = "sqs",
            Endpoint = queueArn,
            ReturnSubscriptionArn = true,
            Attributes = attributes.ToDictionary(pair => pair.Name, pair => pair.Value),
        });
        return (name, topic.TopicArn, subscription.SubscriptionArn);
    }
}
