using System.Text.Json;
using ApiPoc.Domain.Jobs;
using static ApiPoc.Messaging.Tests.Jobs.JobQueueFixture;

namespace ApiPoc.Messaging.Tests.Jobs;

public sealed class SqsJobQueueTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task Send_OneJob_StandsOnTheQueueAsTheContractHasIt()
    {
        var (host, queue, _) = await emulator.CreateJobQueueAsync();
        await using var _ = host;

        await host.Jobs.SendAsync([NewJob()], CancellationToken.None);

        var body = (string)(await emulator.LookIntoAsync(queue)).Single()!["body"]!;
        using var json = JsonDocument.Parse(body);
        Assert.Equal(
            [("job_id", "j1"), ("operation", "NEW_SURVEYS"), ("api_id", "ODG_SURVEYS"), ("resource", "survey/1"), ("source_id", "größer ✓ 😀")],
            json.RootElement.EnumerateObject().Select(member => (member.Name, member.Value.GetString()!)));
    }

    [Fact]
    public async Task Send_MoreThanABatch_EachStandsOnce()
    {
        var (host, queue, _) = await emulator.CreateJobQueueAsync();
        await using var _ = host;
        string[] ids = [.. Enumerable.Range(0, 47).Select(number => $"job-{number:00}")];

        await host.Jobs.SendAsync([.. ids.Select(NewJob)], CancellationToken.None);

        var bodies = (await emulator.LookIntoAsync(queue)).Select(message => JsonSerializer.Deserialize<Job>((string)message!["body"]!)!.JobId);
        Assert.Equal(ids, bodies.Order(StringComparer.Ordinal));
        Assert.Equal(47, host.Counts[$"apipoc.messaging.sent {queue}"]);
    }

    [Fact]
    public async Task Receive_TellsCountAndTime_AndHidesTheMessage()
    {
        var (host, queue, _) = await emulator.CreateJobQueueAsync();
        await using var _ = host;
        var before = TimeProvider.System.GetUtcNow();
        await host.Jobs.SendAsync([NewJob()], CancellationToken.None);

        var message = await host.Jobs.ReceiveOneAsync();

        Assert.Equal(1, message.ReceiveCount);
        Assert.InRange(message.SentAt!.Value, before.AddSeconds(-1), before.AddSeconds(30));
        Assert.Equal("j1", JsonSerializer.Deserialize<Job>(message.Body)!.JobId);
        Assert.Empty(await host.Jobs.ReceiveAsync(10, TimeSpan.Zero, Visibility, CancellationToken.None));
        Assert.Equal(1, host.Counts[$"apipoc.messaging.received {queue}"]);
    }

    [Fact]
    public async Task Receive_WaitsForTheFirstMessage()
    {
        var (host, _, _) = await emulator.CreateJobQueueAsync();
        await using var _ = host;

        var receiving = host.Jobs.ReceiveAsync(10, TimeSpan.FromSeconds(20), Visibility, CancellationToken.None);
        await host.Jobs.SendAsync([NewJob()], CancellationToken.None);

        Assert.Single(await receiving.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Receive_Cancelled_EndsAtOnce()
    {
        var (host, _, _) = await emulator.CreateJobQueueAsync();
        await using var _ = host;
        using var cancellation = new CancellationTokenSource();

        var receiving = host.Jobs.ReceiveAsync(1, TimeSpan.FromSeconds(20), Visibility, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task ChangeVisibility_Zero_HandsItBackAtOnce_WithAHigherCount()
    {
        var (host, _, _) = await emulator.CreateJobQueueAsync();
        await using var _ = host;
        await host.Jobs.SendAsync([NewJob()], CancellationToken.None);
        var first = await host.Jobs.ReceiveOneAsync();

        Assert.True(await host.Jobs.ChangeVisibilityAsync(first, TimeSpan.Zero, CancellationToken.None));

        var second = await host.Jobs.ReceiveOneAsync();
        Assert.Equal((first.MessageId, 2), (second.MessageId, second.ReceiveCount));
        Assert.NotEqual(first.Receipt, second.Receipt);
        Assert.False(await host.Jobs.ChangeVisibilityAsync(first, TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task ChangeVisibility_PartOfASecond_IsRoundedUp()
    {
        var (host, queue, _) = await emulator.CreateJobQueueAsync();
        await using var _ = host;
        await host.Jobs.SendAsync([NewJob()], CancellationToken.None);
        var message = await host.Jobs.ReceiveOneAsync();
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        await host.Jobs.ChangeVisibilityAsync(message, TimeSpan.FromSeconds(59.1), CancellationToken.None);

        var deadline = (long)(double)(await emulator.LookIntoAsync(queue, "inflight")).Single()!["visibilityDeadline"]!;
        Assert.InRange(deadline, before + 60_000, before + 70_000);
    }

    [Fact]
    public async Task Crash_TheMessageComesAgainAfterItsVisibility()
    {
        var (host, _, _) = await emulator.CreateJobQueueAsync();
        await using var _ = host;
        await host.Jobs.SendAsync([NewJob()], CancellationToken.None);
        var first = Assert.Single(await host.Jobs.ReceiveAsync(1, Wait, TimeSpan.FromSeconds(1), CancellationToken.None));

        var again = Assert.Single(await host.Jobs.ReceiveAsync(1, TimeSpan.FromSeconds(10), Visibility, CancellationToken.None));

        Assert.Equal((first.MessageId, 2), (again.MessageId, again.ReceiveCount));
    }

    [Fact]
    public async Task Delete_RemovesIt_AndAStaleReceiptIsNoError()
    {
        var (host, queue, _) = await emulator.CreateJobQueueAsync();
        await using var _ = host;
        await host.Jobs.SendAsync([NewJob()], CancellationToken.None);
        var message = await host.Jobs.ReceiveOneAsync();

        await host.Jobs.DeleteAsync(message, CancellationToken.None);
        await host.Jobs.DeleteAsync(message, CancellationToken.None);

        Assert.Empty(await emulator.LookIntoAsync(queue, "inflight"));
        Assert.Empty(await emulator.LookIntoAsync(queue));
    }

    [Fact]
    public async Task Depth_CountsEachState()
    {
        var (host, _, deadLetters) = await emulator.CreateJobQueueAsync();
        await using var _ = host;
        await host.Jobs.SendAsync([NewJob("a"), NewJob("b"), NewJob("c"), NewJob("d")], CancellationToken.None);
        var received = await host.Jobs.ReceiveAsync(2, Wait, Visibility, CancellationToken.None);
        await host.Jobs.DeadLetterAsync(received[0], new DeadLetter(DeadLetterReason.Rejected, "", 1, 404), CancellationToken.None);

        Assert.Equal(new QueueDepth(Visible: 2, InFlight: 1, Delayed: 0, DeadLettered: 1), await host.Jobs.GetDepthAsync(CancellationToken.None));
        Assert.Single(await emulator.LookIntoAsync(deadLetters));
    }
}
