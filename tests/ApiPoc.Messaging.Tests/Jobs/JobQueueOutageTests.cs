using System.Diagnostics;
using System.Text.Json.Nodes;
using ApiPoc.Domain.Jobs;
using ApiPoc.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using static ApiPoc.Messaging.Tests.Jobs.JobQueueFixture;

namespace ApiPoc.Messaging.Tests.Jobs;

public sealed class JobQueueOutageTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task ServerDown_EveryCallSaysSo_AndAfterItIsBackAllWorks()
    {
        await using var server = await SqsEmulator.StartAsync();
        using var sqs = EmulatorFixture.ConnectSqs(server.Url);
        await using var host = MessagingHost.Create(server.Settings, ("MaxBackoff", "00:00:01"));
        await CreateQueuesAsync();
        await host.Jobs.SendAsync([NewJob()], CancellationToken.None);
        var message = await host.Jobs.ReceiveOneAsync();
        var health = host.Get<HealthCheckService>();
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Status);

        server.Kill();
        var jobs = host.Jobs;
        Func<Task>[] calls =
        [
            () => jobs.SendAsync([NewJob()], CancellationToken.None),
            () => jobs.ReceiveAsync(1, TimeSpan.Zero, Visibility, CancellationToken.None),
            () => jobs.ChangeVisibilityAsync(message, Visibility, CancellationToken.None),
            () => jobs.DeleteAsync(message, CancellationToken.None),
            () => jobs.DeadLetterAsync(message, new DeadLetter(DeadLetterReason.Rejected, "", 1, 404), CancellationToken.None),
            () => jobs.GetDepthAsync(CancellationToken.None),
        ];
        var errors = await Task.WhenAll(calls.Select(Assert.ThrowsAsync<JobQueueUnavailableException>));
        Assert.StartsWith("Queue 'job-queue', send: Connection refused", errors[0].Message, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync()).Status);

        await server.RestartAsync();
        await Assert.ThrowsAsync<JobQueueUnavailableException>(() => jobs.SendAsync([NewJob()], CancellationToken.None));
        await CreateQueuesAsync();
        await jobs.SendAsync([NewJob()], CancellationToken.None);
        await jobs.ReceiveOneAsync();

        async Task CreateQueuesAsync()
        {
            await sqs.CreateQueueAsync("job-queue");
            await sqs.CreateQueueAsync("job-dlq");
        }
    }

    [Fact]
    public async Task ServerHangs_CallsEndAfterTheirTimeout()
    {
        await using var server = await SqsEmulator.StartAsync();
        using var sqs = EmulatorFixture.ConnectSqs(server.Url);
        await sqs.CreateQueueAsync("job-queue");
        await using var patient = MessagingHost.Create(server.Settings);
        await patient.Jobs.SendAsync([NewJob()], CancellationToken.None);
        await using var host = MessagingHost.Create(server.Settings, ("CallTimeout", "00:00:00.5"));

        server.Pause();
        var clock = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<JobQueueUnavailableException>(
            () => host.Jobs.ReceiveAsync(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), CancellationToken.None));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1.4), TimeSpan.FromSeconds(30));
        Assert.Equal("Queue 'job-queue', receive: no answer within 0.5 s.", error.Message);

        // It reads the abandoned receive only now, and hides the message for the second that it asked for.
        server.Resume();
        Assert.Single(await patient.Jobs.ReceiveAsync(1, TimeSpan.FromSeconds(20), Visibility, CancellationToken.None));
    }

    [Fact]
    public async Task ServerErrors_ALoopOfReceives_PollsAtMostFiveTimesASecond()
    {
        var polls = 0;
        await using var proxy = new TamperingProxy(emulator.Emulator.Url)
        {
            Refuse = operation => operation == "ReceiveMessage" && Interlocked.Increment(ref polls) > 0,
        };
        var (host, _, _) = await emulator.CreateJobQueueAsync(proxy.Url);
        await using var _ = host;
        var clock = Stopwatch.StartNew();
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(3));

        // Four receivers in one process, each asking again at once.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReceiveUntilEndAsync()));

        // The first four ask together, before the first failure is known.
        Assert.InRange(polls, 2, 4 + (clock.Elapsed.TotalSeconds * 5));

        async Task ReceiveUntilEndAsync()
        {
            while (!end.IsCancellationRequested)
            {
                try
                {
                    await host.Jobs.ReceiveAsync(1, TimeSpan.Zero, Visibility, end.Token);
                }
                catch (Exception exception) when (exception is JobQueueUnavailableException or OperationCanceledException)
                {
                }
            }
        }
    }

    [Fact]
    public async Task PartOfABatchFails_OnlyThatPartIsSentAgain()
    {
        var batches = new List<string[]>();
        await using var proxy = new TamperingProxy(emulator.Emulator.Url)
        {
            Request = (operation, body) =>
            {
                if (operation != "SendMessageBatch")
                    return body;
                var batch = JsonNode.Parse(body)!;
                var entries = batch["Entries"]!.AsArray();
                batches.Add([.. entries.Select(entry => (string)entry!["Id"]!)]);
                if (batches.Count == 1)
                    entries.RemoveAt(1);
                return batch.ToJsonString();
            },
            Answer = (operation, body) => operation == "SendMessageBatch" && batches.Count == 1
                ? body.Replace("[]", """[{"Id":"1","Code":"InternalError","Message":"try again","SenderFault":false}]""", StringComparison.Ordinal)
                : body,
        };
        var (host, queue, _) = await emulator.CreateJobQueueAsync(proxy.Url);
        await using var _ = host;

        await host.Jobs.SendAsync([NewJob("a"), NewJob("b"), NewJob("c")], CancellationToken.None);

        Assert.Equal([["0", "1", "2"], ["1"]], batches);
        Assert.Equal(3, (await emulator.LookIntoAsync(queue)).Count);
        Assert.Equal(3, host.Counts[$"apipoc.messaging.sent {queue}"]);
        Assert.Equal(1, host.Counts[$"apipoc.messaging.failed_calls {queue} send"]);
    }

    [Fact]
    public async Task QueueMadeAnew_IsFoundAgain()
    {
        var (host, queue, _) = await emulator.CreateJobQueueAsync();
        await using var _ = host;
        await host.Jobs.SendAsync([NewJob()], CancellationToken.None);
        await emulator.Sqs.DeleteQueueAsync((await emulator.Sqs.GetQueueUrlAsync(queue)).QueueUrl);
        await Assert.ThrowsAsync<JobQueueUnavailableException>(() => host.Jobs.SendAsync([NewJob()], CancellationToken.None));

        await emulator.Sqs.CreateQueueAsync(queue);

        await host.Jobs.SendAsync([NewJob()], CancellationToken.None);
        Assert.Single(await emulator.LookIntoAsync(queue));
    }
}
