using Amazon.SQS.Model;
using ApiPoc.Domain.Jobs;
using static ApiPoc.Messaging.Tests.Jobs.JobQueueFixture;

namespace ApiPoc.Messaging.Tests.Jobs;

public sealed class DeadLetterTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task DeadLetter_MovesTheBody_WithItsReason()
    {
        var (host, queue, deadLetters) = await emulator.CreateJobQueueAsync();
        await using var _ = host;
        await host.Jobs.SendAsync([NewJob()], CancellationToken.None);
        var message = await host.Jobs.ReceiveOneAsync();

        await host.Jobs.DeadLetterAsync(
            message, new DeadLetter(DeadLetterReason.AttemptsExhausted, "It\nfailed: \u0001 😀 é", Attempts: 3, LastStatus: 503), CancellationToken.None);

        Assert.Empty(await emulator.LookIntoAsync(queue, "inflight"));
        var dead = (await emulator.LookIntoAsync(deadLetters)).Single()!;
        Assert.Equal(message.Body, (string?)dead["body"]);
        var attributes = dead["messageAttributes"]!.AsObject().Where(attribute => attribute.Key != "traceparent")
            .Select(attribute => (attribute.Key, (string?)attribute.Value!["DataType"], (string?)attribute.Value["StringValue"])).Order();
        Assert.Equal(
            [("attempts", "Number", "3"), ("detail", "String", "It failed:      é"), ("last_status", "Number", "503"), ("reason", "String", "attempts_exhausted")],
            attributes);
    }

    [Fact]
    public async Task DeadLetter_MovedBackWithWhatStandsBesideIt_IsKnownAsRedriven()
    {
        var (host, queue, deadLetters) = await emulator.CreateJobQueueAsync();
        await using var _ = host;
        await host.Jobs.SendAsync([NewJob()], CancellationToken.None);
        var message = await host.Jobs.ReceiveOneAsync();
        await host.Jobs.DeadLetterAsync(message, new DeadLetter(DeadLetterReason.Rejected, "", 1, 404), CancellationToken.None);

        var dead = Assert.Single((await emulator.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = (await emulator.Sqs.GetQueueUrlAsync(deadLetters)).QueueUrl,
            MessageAttributeNames = ["All"],
        })).Messages);
        await emulator.Sqs.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = (await emulator.Sqs.GetQueueUrlAsync(queue)).QueueUrl,
            MessageBody = dead.Body,
            MessageAttributes = dead.MessageAttributes,
        });

        Assert.Equal((false, true), (message.IsRedriven, (await host.Jobs.ReceiveOneAsync()).IsRedriven));
    }

    [Fact]
    public async Task DeadLetter_NeverCalled_LastStatusIsZero_AndNoDetailIsNoAttribute()
    {
        var (host, _, deadLetters) = await emulator.CreateJobQueueAsync();
        await using var _ = host;
        await host.Jobs.SendAsync([NewJob()], CancellationToken.None);

        await host.Jobs.DeadLetterAsync(await host.Jobs.ReceiveOneAsync(), new DeadLetter(DeadLetterReason.BadMessage, " ", 0, null), CancellationToken.None);

        var attributes = (await emulator.LookIntoAsync(deadLetters)).Single()!["messageAttributes"]!.AsObject();
        Assert.Equal("0", (string?)attributes["last_status"]!["StringValue"]);
        Assert.False(attributes.ContainsKey("detail"));
    }

    [Fact]
    public async Task DeadLetter_WhileTheDeadLetterQueueIsMissing_LeavesTheMessageOnTheQueue()
    {
        var (host, queue, deadLetters) = await emulator.CreateJobQueueAsync();
        await using var _ = host;
        await host.Jobs.SendAsync([NewJob()], CancellationToken.None);
        var message = await host.Jobs.ReceiveOneAsync();
        await emulator.Sqs.DeleteQueueAsync((await emulator.Sqs.GetQueueUrlAsync(deadLetters)).QueueUrl);

        var error = await Assert.ThrowsAsync<JobQueueUnavailableException>(
            () => host.Jobs.DeadLetterAsync(message, new DeadLetter(DeadLetterReason.Rejected, "", 1, 404), CancellationToken.None));

        Assert.Equal($"Queue '{deadLetters}', send: it does not exist. Has the provisioner run?", error.Message);
        Assert.Single(await emulator.LookIntoAsync(queue, "inflight"));
    }
}
