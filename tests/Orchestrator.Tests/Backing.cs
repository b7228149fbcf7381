using System.Text.Json;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using ApiPoc.Domain.Jobs;
using ApiPoc.Testing;

namespace ApiPoc.Orchestrator.Tests;

/// <summary>A real redis-server and the SQS and SNS emulator for the tests of a class; each test has queues and an API of its own.</summary>
public sealed class Backing : IAsyncLifetime
{
    private AmazonSimpleNotificationServiceClient _sns = null!;

    public RedisServer Redis { get; private set; } = null!;

    public SqsEmulator Emulator { get; private set; } = null!;

    public AmazonSQSClient Sqs { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Redis = await RedisServer.StartAsync();
        Emulator = await SqsEmulator.StartAsync();
        var credentials = new BasicAWSCredentials("test", "test");
        Sqs = new(credentials, new AmazonSQSConfig { ServiceURL = Emulator.Url, AuthenticationRegion = "eu-west-1" });
        _sns = new(credentials, new AmazonSimpleNotificationServiceConfig { ServiceURL = Emulator.Url, AuthenticationRegion = "eu-west-1" });
        await _sns.CreateTopicAsync("throttle-events");
    }

    public async Task DisposeAsync()
    {
        Sqs.Dispose();
        _sns.Dispose();
        await Emulator.DisposeAsync();
        await Redis.DisposeAsync();
    }

    /// <summary>Subscribes a queue of its own to the topic of throttle events.</summary>
    /// <returns>Takes what has been published since, as its JSON bodies.</returns>
    public async Task<Func<Task<IReadOnlyList<string>>>> SubscribeToEventsAsync()
    {
        var queue = await Sqs.CreateQueueAsync($"events-{Guid.NewGuid():N}");
        string topic = (await _sns.CreateTopicAsync("throttle-events")).TopicArn;
        var subscription = await _sns.SubscribeAsync(new SubscribeRequest
        {
            TopicArn = topic,
            Protocol = "sqs",
            Endpoint = await ArnOfAsync(queue.QueueUrl),
            ReturnSubscriptionArn = true,
            Attributes = new() { ["RawMessageDelivery"] = "true" },
        });
        Assert.NotNull(subscription.SubscriptionArn);
        return async () =>
        {
            var response = await Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue.QueueUrl, MaxNumberOfMessages = 10 });
            return [.. (response.Messages ?? []).Select(message => message.Body)];
        };
    }

    private async Task<string> ArnOfAsync(string queueUrl)
    {
        var request = new GetQueueAttributesRequest { QueueUrl = queueUrl, AttributeNames = ["QueueArn"] };
        return (await Sqs.GetQueueAttributesAsync(request)).QueueARN;
    }

    /// <summary>Makes a queue of jobs and its dead-letter queue.</summary>
    public async Task<JobQueues> CreateQueuesAsync()
    {
        string name = $"jobs-{Guid.NewGuid():N}";
        var jobs = await Sqs.CreateQueueAsync(name);
        var deadLetters = await Sqs.CreateQueueAsync($"{name}-dead");
        return new(this, name, jobs.QueueUrl, deadLetters.QueueUrl);
    }
}

/// <summary>A queue of jobs as its users see it from outside.</summary>
public sealed class JobQueues(Backing backing, string name, string jobs, string deadLetters)
{
    private const int MaxBatch = 10;

    public string Name => name;

    public string DeadLetterName => $"{name}-dead";

    public async Task SendAsync(params Job[] sent) => await SendAsync([.. sent.Select(job => JsonSerializer.Serialize(job))]);

    public async Task SendAsync(params string[] bodies)
    {
        foreach (string[] batch in bodies.Chunk(MaxBatch))
        {
            List<SendMessageBatchRequestEntry> entries = [.. batch.Select((body, i) => new SendMessageBatchRequestEntry { Id = $"{i}", MessageBody = body })];
            await backing.Sqs.SendMessageBatchAsync(new SendMessageBatchRequest { QueueUrl = jobs, Entries = entries });
        }
    }

    /// <summary>Sends a job as part of a trace.</summary>
    public Task SendTracedAsync(Job job, string traceParent) => backing.Sqs.SendMessageAsync(new SendMessageRequest
    {
        QueueUrl = jobs,
        MessageBody = JsonSerializer.Serialize(job),
        MessageAttributes = new() { ["traceparent"] = new() { DataType = "String", StringValue = traceParent } },
    });

    /// <summary>Messages on the queue, hidden ones included.</summary>
    public async Task<int> CountAsync()
    {
        var attributes = await AttributesAsync(jobs);
        return attributes.ApproximateNumberOfMessages + attributes.ApproximateNumberOfMessagesNotVisible + attributes.ApproximateNumberOfMessagesDelayed;
    }

    /// <summary>Messages that could be received now.</summary>
    public async Task<int> CountVisibleAsync() => (await AttributesAsync(jobs)).ApproximateNumberOfMessages;

    /// <summary>Takes the dead letters there are: their body and why.</summary>
    public async Task<IReadOnlyList<ReceivedDeadLetter>> TakeDeadLettersAsync()
    {
        List<ReceivedDeadLetter> taken = [];
        while (true)
        {
            var response = await backing.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest
            {
                QueueUrl = deadLetters,
                MaxNumberOfMessages = MaxBatch,
                MessageAttributeNames = ["All"],
            });
            if (response.Messages is not { Count: > 0 } messages)
                return taken;
            taken.AddRange(messages.Select(message => new ReceivedDeadLetter(
                message.Body, message.MessageAttributes["reason"].StringValue, int.Parse(message.MessageAttributes["attempts"].StringValue),
                int.Parse(message.MessageAttributes["last_status"].StringValue))));
        }
    }

    /// <summary>Moves the one dead letter back, with what stands beside it, as SQS's own redrive does.</summary>
    public async Task RedriveAsync()
    {
        var response = await backing.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = deadLetters, WaitTimeSeconds = 20, MessageAttributeNames = ["All"] });
        var dead = response.Messages.Single();
        await backing.Sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = jobs, MessageBody = dead.Body, MessageAttributes = dead.MessageAttributes });
        await backing.Sqs.DeleteMessageAsync(deadLetters, dead.ReceiptHandle);
    }

    private Task<GetQueueAttributesResponse> AttributesAsync(string url) =>
        backing.Sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest { QueueUrl = url, AttributeNames = ["All"] });
}

/// <summary>A message of the dead-letter queue.</summary>
public sealed record ReceivedDeadLetter(string Body, string Reason, int Attempts, int LastStatus);
