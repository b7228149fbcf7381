using System.Net;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace ApiPoc.Messaging.Tests.Clients;

public sealed class SqsClientErrorTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task UnknownQueue_ThrowsItsType_WithTheCodeOfTheOlderProtocol()
    {
        var error = await Assert.ThrowsAsync<QueueDoesNotExistException>(() => emulator.Sqs.GetQueueUrlAsync("no-such-queue"));

        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue", error.ErrorCode);
        Assert.Equal((ErrorType.Sender, HttpStatusCode.BadRequest), (error.ErrorType, error.StatusCode));
        Assert.Equal("The specified queue does not exist.", error.Message);
    }

    [Fact]
    public async Task EachKindOfMistake_ThrowsItsType()
    {
        var (name, url) = await emulator.CreateQueueAsync(("VisibilityTimeout", "30"));

        await Assert.ThrowsAsync<QueueNameExistsException>(
            () => emulator.Sqs.CreateQueueAsync(new CreateQueueRequest { QueueName = name, Attributes = new() { ["VisibilityTimeout"] = "31" } }));
        await Assert.ThrowsAsync<InvalidAttributeNameException>(() => emulator.Sqs.SetQueueAttributesAsync(url, new() { ["Nonsense"] = "1" }));
        await Assert.ThrowsAsync<InvalidAttributeValueException>(() => emulator.Sqs.SetQueueAttributesAsync(url, new() { ["VisibilityTimeout"] = "-1" }));
        await Assert.ThrowsAsync<InvalidMessageContentsException>(() => emulator.Sqs.SendMessageAsync(url, "\u0000"));
        await Assert.ThrowsAsync<EmptyBatchRequestException>(
            () => emulator.Sqs.SendMessageBatchAsync(new SendMessageBatchRequest { QueueUrl = url, Entries = [] }));
        await Assert.ThrowsAsync<BatchEntryIdsNotDistinctException>(() => SendBatchAsync(url, "a", "a"));
        await Assert.ThrowsAsync<InvalidBatchEntryIdException>(() => SendBatchAsync(url, "a b"));
        await Assert.ThrowsAsync<TooManyEntriesInBatchRequestException>(() => SendBatchAsync(url, [.. Enumerable.Range(0, 11).Select(id => $"{id}")]));
        await Assert.ThrowsAsync<MessageNotInflightException>(
            () => emulator.Sqs.ChangeMessageVisibilityAsync(new ChangeMessageVisibilityRequest { QueueUrl = url, ReceiptHandle = "none", VisibilityTimeout = 1 }));
    }

    [Fact]
    public async Task ErrorWithoutTypeOfItsOwn_ThrowsTheBaseType_WithCode()
    {
        var (_, url) = await emulator.CreateQueueAsync();

        var error = await Assert.ThrowsAsync<AmazonSQSException>(
            () => emulator.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, MaxNumberOfMessages = 11 }));

        Assert.Equal("AWS.SimpleQueueService.InvalidParameterValue", error.ErrorCode);
    }

    [Fact]
    public async Task WrongDigestOfBody_IsRefused_WhenSendingAndReceiving()
    {
        var (_, url) = await emulator.CreateQueueAsync();
        await using var proxy = new TamperingProxy(emulator.Emulator.Url)
        {
            Answer = (_, body) => body.Replace("\"MD5OfMessageBody\":\"", "\"MD5OfMessageBody\":\"0", StringComparison.Ordinal)
                .Replace("\"MD5OfBody\":\"", "\"MD5OfBody\":\"0", StringComparison.Ordinal),
        };
        using var sqs = EmulatorFixture.ConnectSqs(proxy.Url);

        Assert.Contains("MD5 hash mismatch", (await Assert.ThrowsAsync<AmazonSQSException>(() => sqs.SendMessageAsync(url, "one"))).Message, StringComparison.Ordinal);
        var batch = new SendMessageBatchRequest { QueueUrl = url, Entries = [new() { Id = "0", MessageBody = "two" }] };
        Assert.Contains("MD5 hash mismatch", (await Assert.ThrowsAsync<AmazonSQSException>(() => sqs.SendMessageBatchAsync(batch))).Message, StringComparison.Ordinal);
        var receive = new ReceiveMessageRequest { QueueUrl = url };
        Assert.Contains("MD5 hash mismatch", (await Assert.ThrowsAsync<AmazonSQSException>(() => sqs.ReceiveMessageAsync(receive))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongDigestOfAttributes_IsRefused()
    {
        var (_, url) = await emulator.CreateQueueAsync();
        await using var proxy = new TamperingProxy(emulator.Emulator.Url)
        {
            Answer = (_, body) => body.Replace("\"MD5OfMessageAttributes\":\"", "\"MD5OfMessageAttributes\":\"0", StringComparison.Ordinal),
        };
        using var sqs = EmulatorFixture.ConnectSqs(proxy.Url);
        var send = new SendMessageRequest
        {
            QueueUrl = url,
            MessageBody = "one",
            MessageAttributes = new() { ["a"] = new() { DataType = "String", StringValue = "b" } },
        };

        Assert.Contains("Attribute MD5 hash mismatch", (await Assert.ThrowsAsync<AmazonSQSException>(() => sqs.SendMessageAsync(send))).Message, StringComparison.Ordinal);
        var receive = new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = ["All"] };
        Assert.Contains("Attribute MD5 hash mismatch", (await Assert.ThrowsAsync<AmazonSQSException>(() => sqs.ReceiveMessageAsync(receive))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerErrorTwice_IsRetriedByTheSdk()
    {
        var (name, url) = await emulator.CreateQueueAsync();
        var calls = 0;
        await using var proxy = new TamperingProxy(emulator.Emulator.Url) { Refuse = _ => Interlocked.Increment(ref calls) <= 2 };
        using var sqs = EmulatorFixture.ConnectSqs(proxy.Url);

        await sqs.SendMessageAsync(url, "persistent");

        Assert.Equal(3, calls);
        Assert.Single(await emulator.LookIntoAsync(name));
    }

    private Task<SendMessageBatchResponse> SendBatchAsync(string url, params string[] ids) =>
        emulator.Sqs.SendMessageBatchAsync(new SendMessageBatchRequest
        {
            QueueUrl = url,
            Entries = [.. ids.Select(id => new SendMessageBatchRequestEntry { Id = id, MessageBody = "x" })],
        });
}
