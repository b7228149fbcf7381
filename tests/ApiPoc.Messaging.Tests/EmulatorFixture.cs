using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using Amazon.SQS.Model;
using ApiPoc.Testing;

namespace ApiPoc.Messaging.Tests;

/// <summary>One emulator for the tests of a class; each test makes queues and topics with names of its own.</summary>
public sealed class EmulatorFixture : IAsyncLifetime
{
    private static int _names;

    private readonly HttpClient _http = new();
    private SqsEmulator? _emulator;

    public SqsEmulator Emulator => _emulator!;

    public AmazonSQSClient Sqs { get; private set; } = null!;

    public AmazonSimpleNotificationServiceClient Sns { get; private set; } = null!;

    public static string NewName(string prefix = "test") => $"{prefix}-{Interlocked.Increment(ref _names)}";

    public static AmazonSQSClient ConnectSqs(string url, int maxErrorRetry = 2) =>
        new(new BasicAWSCredentials("test", "test"), new AmazonSQSConfig { ServiceURL = url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = maxErrorRetry });

    public async Task InitializeAsync()
    {
        _emulator = await SqsEmulator.StartAsync();
        Sqs = ConnectSqs(_emulator.Url);
        Sns = new AmazonSimpleNotificationServiceClient(
            new BasicAWSCredentials("test", "test"), new AmazonSimpleNotificationServiceConfig { ServiceURL = _emulator.Url, AuthenticationRegion = "eu-west-1" });
    }

    public async Task DisposeAsync()
    {
        Sqs.Dispose();
        Sns.Dispose();
        _http.Dispose();
        await Emulator.DisposeAsync();
    }

    /// <summary>Creates a queue.</summary>
    /// <returns>Its name and address.</returns>
    public async Task<(string Name, string Url)> CreateQueueAsync(params (string Name, string Value)[] attributes)
    {
        var name = NewName();
        var response = await Sqs.CreateQueueAsync(new CreateQueueRequest { QueueName = name, Attributes = attributes.ToDictionary(pair => pair.Name, pair => pair.Value) });
        return (name, response.QueueUrl);
    }

    /// <summary>What the emulator itself says is ready in a queue, past our client.</summary>
    public async Task<JsonArray> LookIntoAsync(string queue, string state = "ready")
    {
        var answer = await _http.GetStringAsync(new Uri($"{Emulator.Url}/_fauxqs/queues/{queue}"));
        return JsonNode.Parse(answer)!["messages"]![state]!.AsArray();
    }
}
