using System.Diagnostics;
using ApiPoc.Domain.Jobs;
using ApiPoc.Messaging.Tracing;
using static ApiPoc.Messaging.Tests.Jobs.JobQueueFixture;

namespace ApiPoc.Messaging.Tests.Jobs;

public sealed class JobTraceTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task Trace_FromSenderThroughQueueToProcessAndDeadLetter_IsOne()
    {
        var (host, queue, deadLetters) = await emulator.CreateJobQueueAsync();
        await using var _ = host;

        using var origin = new Activity("origin").SetIdFormat(ActivityIdFormat.W3C);
        origin.TraceStateString = "vendor=1";
        origin.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        origin.Start();
        await host.Jobs.SendAsync([NewJob()], CancellationToken.None);
        origin.Stop();

        var message = await host.Jobs.ReceiveOneAsync();
        Assert.Equal("vendor=1", message.TraceState);
        using (var process = MessagingActivity.StartProcess(queue, message))
        {
            Assert.Equal(origin.TraceId, process!.TraceId);
            await host.Jobs.DeadLetterAsync(message, new DeadLetter(DeadLetterReason.Rejected, "", 1, 404), CancellationToken.None);
        }

        var spans = host.SpansOf(origin.TraceId);
        Assert.Equal(
            [($"send {queue}", ActivityKind.Producer), ($"send {deadLetters}", ActivityKind.Producer), ($"process {queue}", ActivityKind.Consumer)],
            spans.Select(span => (span.DisplayName, span.Kind)));
        Assert.Equal([origin.SpanId, spans[2].SpanId, spans[0].SpanId], spans.Select(span => span.ParentSpanId));
        Assert.Equal(("aws_sqs", queue, "send", "send", 1), Tags(spans[0]));
        Assert.Equal(message.MessageId, spans[2].GetTagItem("messaging.message.id"));

        var receive = Assert.Single(host.SpansNamed($"receive {queue}"));
        Assert.Equal(ActivityKind.Client, receive.Kind);
        Assert.Equal(spans[0].SpanId, Assert.Single(receive.Links).Context.SpanId);

        var dead = (await emulator.LookIntoAsync(deadLetters)).Single()!;
        Assert.Equal(spans[1].Id, (string?)dead["messageAttributes"]!["traceparent"]!["StringValue"]);
    }

    [Fact]
    public async Task MalformedTraceParent_CostsTheTraceNotTheMessage()
    {
        var (host, queue, _) = await emulator.CreateJobQueueAsync();
        await using var _ = host;
        await emulator.Sqs.SendMessageAsync(new()
        {
            QueueUrl = (await emulator.Sqs.GetQueueUrlAsync(queue)).QueueUrl,
            MessageBody = "{}",
            MessageAttributes = new() { ["traceparent"] = new() { DataType = "String", StringValue = "00-nonsense" } },
        });

        var message = await host.Jobs.ReceiveOneAsync();

        using var process = MessagingActivity.StartProcess(queue, message);
        Assert.Equal(default, process!.ParentSpanId);
    }

    [Fact]
    public async Task Send_Failed_MarksItsSpan()
    {
        var (host, queue, _) = await emulator.CreateJobQueueAsync();
        await using var _ = host;
        await emulator.Sqs.DeleteQueueAsync((await emulator.Sqs.GetQueueUrlAsync(queue)).QueueUrl);

        await Assert.ThrowsAsync<JobQueueUnavailableException>(() => host.Jobs.SendAsync([NewJob()], CancellationToken.None));

        var span = Assert.Single(host.SpansNamed($"send {queue}"));
        Assert.Equal((ActivityStatusCode.Error, typeof(JobQueueUnavailableException).FullName), (span.Status, span.GetTagItem("error.type")));
    }

    private static (object?, object?, object?, object?, object?) Tags(Activity span) => (
        span.GetTagItem("messaging.system"),
        span.GetTagItem("messaging.destination.name"),
        span.GetTagItem("messaging.operation.name"),
        span.GetTagItem("messaging.operation.type"),
        span.GetTagItem("messaging.batch.message_count"));
}
