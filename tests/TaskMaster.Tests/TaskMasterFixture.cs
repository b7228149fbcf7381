using Amazon.SQS;
using Amazon.SQS.Model;
using ApiPoc.Testing;

namespace ApiPoc.TaskMaster.Tests;

/// <summary>The service as it runs: a process of its own, on real Redis and the SQS emulator.</summary>
public sealed class TaskMasterFixture : IAsyncLifetime
{
    public ServiceProcess Service { get; private set; } = null!;

    internal RedisServer Redis { get; private set; } = null!;

    internal SqsEmulator Emulator { get; private set; } = null!;

    internal AmazonSQSClient Sqs { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Redis = await RedisServer.StartAsync();
        Emulator = await SqsEmulator.StartAsync();
        Sqs = new AmazonSQSClient("test", "test", new AmazonSQSConfig { ServiceURL = Emulator.Url, AuthenticationRegion = "eu-west-1" });
        await CreateQueuesAsync();
        Service = await StartServiceAsync(jobsOnStart: 0);
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        Sqs.Dispose();
        await Emulator.DisposeAsync();
        await Redis.DisposeAsync();
    }

    internal Task<ServiceProcess> StartServiceAsync(int jobsOnStart) => ServiceProcess.StartAsync(
        "TaskMaster",
        [
            .. Emulator.Settings.Select(setting => (setting.Key, setting.Value)),
            ("ConnectionStrings:redis", Redis.ConnectionString),
            ("Runs:JobsOnStart", $"{jobsOnStart}"),
        ]);

    internal async Task CreateQueuesAsync()
    {
        await Sqs.CreateQueueAsync("job-queue");
        await Sqs.CreateQueueAsync("job-dlq");
    }

    internal async Task<List<Message>> ReceiveAsync(int count)
    {
        string queue = (await Sqs.GetQueueUrlAsync("job-queue")).QueueUrl;
        List<Message> received = [];
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (received.Count < count)
        {
            var response = await Sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest { QueueUrl = queue, MaxNumberOfMessages = 10, WaitTimeSeconds = 1, MessageAttributeNames = ["All"] }, budget.Token);
            received.AddRange(response.Messages ?? []);
        }

        return received;
    }
}
