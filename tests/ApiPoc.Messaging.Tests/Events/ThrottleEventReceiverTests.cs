using System.Diagnostics;
using ApiPoc.Domain.Events;
using ApiPoc.Messaging.Events;
using ApiPoc.Testing;
using static ApiPoc.Messaging.Tests.Events.EventsFixture;

namespace ApiPoc.Messaging.Tests.Events;

public sealed class ThrottleEventReceiverTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task Received_IsWhatWasPublished_AndContinuesItsTrace()
    {
        var (host, queue, _) = await emulator.CreateEventsAsync();
        await using var _ = host;
        await host.StartAsync();
        using var cause = new Activity("cause").SetIdFormat(ActivityIdFormat.W3C).Start();
        var published = NewEvent() with { TraceId = "given" };
        host.Get<IThrottleEvents>().TryPublish(published);
        cause.Stop();

        var receiver = host.Get<ThrottleEventReceiver>();
        var received = await FirstAsync(receiver);

        Assert.Equivalent(published, received.Event, strict: true);
        using (var process = receiver.StartProcess(received))
            Assert.Equal((cause.TraceId, $"process {queue}", ActivityKind.Consumer), (process!.TraceId, process.DisplayName, process.Kind));
        Assert.Single(await emulator.LookIntoAsync(queue, "inflight"));
        await receiver.CompleteAsync(received, CancellationToken.None);
        Assert.Empty(await emulator.LookIntoAsync(queue, "inflight"));
    }

    [Fact]
    public async Task NotCompleted_ComesAgain()
    {
        var (host, _, _) = await emulator.CreateEventsAsync(queueAttributes: [("VisibilityTimeout", "1")]);
        await using var _ = host;
        await host.StartAsync();
        host.Get<IThrottleEvents>().TryPublish(NewEvent());

        var first = await FirstAsync(host.Get<ThrottleEventReceiver>());
        var second = await FirstAsync(host.Get<ThrottleEventReceiver>());

        Assert.Equal((first.Message.MessageId, 2), (second.Message.MessageId, second.Message.ReceiveCount));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"time":"2026-11-05T10:20:30Z"}""")]
    [InlineData("""{"type":null,"time":"2026-11-05T10:20:30Z"}""")]
    [InlineData("""{"type":"breaker.opened","time":"2026-11-05T10:20:30Z","data":null}""")]
    public async Task Unreadable_IsNotYielded_AndEndsInTheDeadLetterQueue(string body)
    {
        var (deadLetters, deadLettersUrl) = await emulator.CreateQueueAsync();
        var arn = (await emulator.Sqs.GetQueueAttributesAsync(deadLettersUrl, ["QueueArn"])).QueueARN;
        var (host, queue, _) = await emulator.CreateEventsAsync(
            queueAttributes: [("VisibilityTimeout", "0"), ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":2}""")]);
        await using var _ = host;
        await host.StartAsync();
        await emulator.Sqs.SendMessageAsync((await emulator.Sqs.GetQueueUrlAsync(queue)).QueueUrl, body);

        using var end = new CancellationTokenSource();
        var receiving = FirstAsync(host.Get<ThrottleEventReceiver>(), end.Token);
        await emulator.WaitForMessagesAsync(deadLetters, 1);
        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);
    }

    [Fact]
    public async Task QueueDown_TriesAgainUntilItIsBack()
    {
        await using var server = await SqsEmulator.StartAsync();
        using var sqs = EmulatorFixture.ConnectSqs(server.Url);
        await using var host = MessagingHost.Create(server.Settings, ("MaxBackoff", "00:00:01"));
        server.Kill();
        var receiving = FirstAsync(host.Get<ThrottleEventReceiver>());
        await Eventually.IsTrueAsync(() => host.Counts.GetValueOrDefault("apipoc.messaging.failed_calls notifier-queue receive") >= 2, "two failed polls");

        await server.RestartAsync();
        var url = (await sqs.CreateQueueAsync("notifier-queue")).QueueUrl;
        await sqs.SendMessageAsync(url, """{"type":"run.started","time":"2026-11-05T10:20:30Z"}""");

        Assert.Equal("run.started", (await receiving).Event.Type);
    }

    private static async Task<ReceivedThrottleEvent> FirstAsync(ThrottleEventReceiver receiver, CancellationToken cancellationToken = default)
    {
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        budget.CancelAfter(TimeSpan.FromSeconds(20));
        return await receiver.ReceiveAllAsync(budget.Token).FirstAsync(budget.Token);
    }
}
