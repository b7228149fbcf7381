using Amazon.SQS.Model;

namespace ApiPoc.Messaging.Tests.Clients;

/// <summary>The SQS client against the npm emulator, which knows nothing of it.</summary>
public sealed class SqsClientTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task SendAndReceive_BodyAndEveryKindOfAttribute_ArriveAsSent()
    {
        var (name, url) = await emulator.CreateQueueAsync();
        const string body = "{\"text\":\"größer <&> \\\" \\t ✓\"}";
        var sent = await emulator.Sqs.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = url,
            MessageBody = body,
            MessageAttributes = new()
            {
                ["zeta"] = new() { DataType = "String", StringValue = "ä b" },
                ["Alpha"] = new() { DataType = "Number", StringValue = "42" },
                ["blob"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([0, 1, 254, 255]) },
            },
        });

        var seen = (await emulator.LookIntoAsync(name)).Single()!;
        Assert.Equal(body, (string?)seen["body"]);
        Assert.Equal(sent.MessageId, (string?)seen["messageId"]);
        Assert.Equal("AAH+/w==", (string?)seen["messageAttributes"]!["blob"]!["BinaryValue"]);

        var received = await emulator.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = url,
            MaxNumberOfMessages = 10,
            MessageAttributeNames = ["All"],
            MessageSystemAttributeNames = ["All"],
        });

        var message = Assert.Single(received.Messages);
        Assert.Equal((sent.MessageId, body), (message.MessageId, message.Body));
        Assert.Equal(["Alpha", "blob", "zeta"], message.MessageAttributes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("ä b", message.MessageAttributes["zeta"].StringValue);
        Assert.Equal(("Number", "42"), (message.MessageAttributes["Alpha"].DataType, message.MessageAttributes["Alpha"].StringValue));
        Assert.Equal<byte>([0, 1, 254, 255], message.MessageAttributes["blob"].BinaryValue.ToArray());
        Assert.Equal("1", message.Attributes["ApproximateReceiveCount"]);
        Assert.Equal(System.Net.HttpStatusCode.OK, received.HttpStatusCode);
    }

    [Fact]
    public async Task Receive_EmptyQueue_MessagesAreNull()
    {
        var (_, url) = await emulator.CreateQueueAsync();

        var response = await emulator.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url });

        Assert.Null(response.Messages);
    }

    [Fact]
    public async Task SendBatch_TenWithOneRefused_ReportsEach()
    {
        var (name, url) = await emulator.CreateQueueAsync();
        List<SendMessageBatchRequestEntry> entries =
            [.. Enumerable.Range(0, 10).Select(index => new SendMessageBatchRequestEntry { Id = $"id-{index}", MessageBody = index == 7 ? "\u0001" : $"{index}" })];

        var response = await emulator.Sqs.SendMessageBatchAsync(new SendMessageBatchRequest { QueueUrl = url, Entries = entries });

        var failed = Assert.Single(response.Failed);
        Assert.Equal(("id-7", "InvalidMessageContents", true), (failed.Id, failed.Code, failed.SenderFault));
        Assert.Equal(9, response.Successful.Count);
        Assert.Equal(9, (await emulator.LookIntoAsync(name)).Count);
    }

    [Fact]
    public async Task Delete_ReceivedMessage_IsGone()
    {
        var (name, url) = await emulator.CreateQueueAsync();
        await emulator.Sqs.SendMessageAsync(url, "once");
        var message = (await emulator.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url })).Messages.Single();

        await emulator.Sqs.DeleteMessageAsync(url, message.ReceiptHandle);

        Assert.Empty(await emulator.LookIntoAsync(name));
        Assert.Empty(await emulator.LookIntoAsync(name, "inflight"));
    }

    [Fact]
    public async Task DeleteBatch_ReceivedMessages_AreGone()
    {
        var (name, url) = await emulator.CreateQueueAsync();
        var messages = await SendAndReceiveAsync(url, 3);

        var response = await emulator.Sqs.DeleteMessageBatchAsync(new DeleteMessageBatchRequest
        {
            QueueUrl = url,
            Entries = [.. messages.Index().Select(message => new DeleteMessageBatchRequestEntry { Id = $"{message.Index}", ReceiptHandle = message.Item.ReceiptHandle })],
        });

        Assert.Equal(["0", "1", "2"], response.Successful.Select(entry => entry.Id).Order(StringComparer.Ordinal));
        Assert.Empty(await emulator.LookIntoAsync(name, "inflight"));
    }

    [Fact]
    public async Task ChangeVisibility_ToZero_MakesItReceivableAtOnce()
    {
        var (name, url) = await emulator.CreateQueueAsync();
        var message = (await SendAndReceiveAsync(url, 1)).Single();

        await emulator.Sqs.ChangeMessageVisibilityAsync(new ChangeMessageVisibilityRequest { QueueUrl = url, ReceiptHandle = message.ReceiptHandle, VisibilityTimeout = 0 });

        Assert.Single(await emulator.LookIntoAsync(name));
    }

    [Fact]
    public async Task ChangeVisibilityBatch_OneInvalidReceipt_ReportsEach()
    {
        var (name, url) = await emulator.CreateQueueAsync();
        var messages = await SendAndReceiveAsync(url, 2);

        var response = await emulator.Sqs.ChangeMessageVisibilityBatchAsync(new ChangeMessageVisibilityBatchRequest
        {
            QueueUrl = url,
            Entries =
            [
                new() { Id = "good", ReceiptHandle = messages[0].ReceiptHandle, VisibilityTimeout = 0 },
                new() { Id = "bad", ReceiptHandle = "none", VisibilityTimeout = 0 },
            ],
        });

        Assert.Equal("good", Assert.Single(response.Successful).Id);
        Assert.Equal(("bad", "ReceiptHandleIsInvalid"), (Assert.Single(response.Failed).Id, response.Failed[0].Code));
        Assert.Single(await emulator.LookIntoAsync(name));
    }

    [Fact]
    public async Task Queue_CreatedLookedUpChangedPurgedListedDeleted_DoesWhatItSays()
    {
        var name = EmulatorFixture.NewName("lifecycle");
        var created = await emulator.Sqs.CreateQueueAsync(new CreateQueueRequest
        {
            QueueName = name,
            Attributes = new() { ["VisibilityTimeout"] = "7" },
            Tags = new() { ["team"] = "a" },
        });
        Assert.Equal(created.QueueUrl, (await emulator.Sqs.GetQueueUrlAsync(name)).QueueUrl);

        await emulator.Sqs.SetQueueAttributesAsync(created.QueueUrl, new() { ["MessageRetentionPeriod"] = "120" });
        await emulator.Sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = created.QueueUrl, MessageBody = "later", DelaySeconds = 60 });
        await emulator.Sqs.SendMessageAsync(created.QueueUrl, "now");
        var attributes = await emulator.Sqs.GetQueueAttributesAsync(created.QueueUrl, ["All"]);
        Assert.Equal((7, "120"), (attributes.VisibilityTimeout, attributes.Attributes["MessageRetentionPeriod"]));
        Assert.Equal((1, 0, 1), (attributes.ApproximateNumberOfMessages, attributes.ApproximateNumberOfMessagesNotVisible, attributes.ApproximateNumberOfMessagesDelayed));
        Assert.Equal($"arn:aws:sqs:eu-west-1:000000000000:{name}", attributes.QueueARN);

        await emulator.Sqs.PurgeQueueAsync(created.QueueUrl);
        Assert.Empty(await emulator.LookIntoAsync(name));
        Assert.Equal([created.QueueUrl], (await emulator.Sqs.ListQueuesAsync(new ListQueuesRequest { QueueNamePrefix = name })).QueueUrls);

        await emulator.Sqs.DeleteQueueAsync(created.QueueUrl);
        await Assert.ThrowsAsync<QueueDoesNotExistException>(() => emulator.Sqs.GetQueueUrlAsync(name));
    }

    private async Task<List<Message>> SendAndReceiveAsync(string url, int count)
    {
        for (var index = 0; index < count; index++)
            await emulator.Sqs.SendMessageAsync(url, $"{index}");
        return (await emulator.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, MaxNumberOfMessages = 10 })).Messages;
    }
}
