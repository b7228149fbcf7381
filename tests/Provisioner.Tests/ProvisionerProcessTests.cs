using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using ApiPoc.Testing;

namespace ApiPoc.Provisioner.Tests;

/// <summary>The shipped template on a real server.</summary>
public sealed class ProvisionerProcessTests : IAsyncLifetime
{
    private SqsEmulator _emulator = null!;
    private DynamoDbEmulator _dynamoDb = null!;
    private AmazonSQSClient _sqs = null!;
    private AmazonSimpleNotificationServiceClient _sns = null!;

    public async Task InitializeAsync()
    {
        _emulator = await SqsEmulator.StartAsync();
        _dynamoDb = await DynamoDbEmulator.StartAsync();
        var credentials = new BasicAWSCredentials("test", "test");
        _sqs = new AmazonSQSClient(credentials, new AmazonSQSConfig { ServiceURL = _emulator.Url, AuthenticationRegion = "eu-west-1" });
        _sns = new AmazonSimpleNotificationServiceClient(
            credentials, new AmazonSimpleNotificationServiceConfig { ServiceURL = _emulator.Url, AuthenticationRegion = "eu-west-1" });
    }

    public async Task DisposeAsync()
    {
        _sqs.Dispose();
        _sns.Dispose();
        await _emulator.DisposeAsync();
        await _dynamoDb.DisposeAsync();
    }

    private Dictionary<string, string?> Aws => new(_emulator.Settings, StringComparer.Ordinal) { ["AWS_ENDPOINT_URL_DYNAMODB"] = _dynamoDb.Url };

    [Fact]
    public async Task Run_Twice_CreatesEverythingOnce()
    {
        var (exitCode, output) = await ProvisionerProcess.RunAsync(Aws);
        Assert.Equal(0, exitCode);
        Assert.Contains("AWS::SQS::Queue JobQueue: created", output, StringComparison.Ordinal);
        Assert.Contains("AWS::DynamoDB::Table MoviesTable: created", output, StringComparison.Ordinal);
        Assert.Contains("Output ThrottleEventsTopicArn: arn:aws:sns:eu-west-1:000000000000:throttle-events", output, StringComparison.Ordinal);
        var queues = (await _sqs.ListQueuesAsync(new ListQueuesRequest())).QueueUrls.Select(url => url.Split('/')[^1]);
        Assert.Equal(["ingest-dlq", "ingest-queue", "job-dlq", "job-queue", "notifier-dlq", "notifier-queue"], queues.Order(StringComparer.Ordinal));
        var jobs = await AttributesAsync("job-queue");
        Assert.Equal(("30", "345600", "131072"), (jobs["VisibilityTimeout"], jobs["MessageRetentionPeriod"], jobs["MaximumMessageSize"]));
        var redrive = JsonNode.Parse(jobs["RedrivePolicy"])!;
        Assert.Equal("arn:aws:sqs:eu-west-1:000000000000:job-dlq 1000", $"{redrive["deadLetterTargetArn"]} {redrive["maxReceiveCount"]}");

        (exitCode, output) = await ProvisionerProcess.RunAsync(Aws);
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("created", output, StringComparison.Ordinal);
        Assert.DoesNotContain("changed on", output, StringComparison.Ordinal);
        Assert.Contains("AWS::SNS::Subscription NotifierSubscription: unchanged", output, StringComparison.Ordinal);
        Assert.Contains("AWS::DynamoDB::Table MoviesTable: unchanged", output, StringComparison.Ordinal);
        Assert.Contains("AWS::SQS::QueuePolicy NotifierQueuePolicy: unchanged", output, StringComparison.Ordinal);
        Assert.Single((await _sns.ListSubscriptionsByTopicAsync(new ListSubscriptionsByTopicRequest { TopicArn = await TopicAsync() })).Subscriptions);
    }

    [Fact]
    public async Task Run_AnEventPublished_StandsRawOnTheNotifiersQueue()
    {
        await ProvisionerProcess.RunAsync(Aws);

        await _sns.PublishAsync(await TopicAsync(), """{"type":"run.started"}""");

        var url = (await _sqs.GetQueueUrlAsync("notifier-queue")).QueueUrl;
        var received = await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, WaitTimeSeconds = 5 });
        Assert.Equal("""{"type":"run.started"}""", Assert.Single(received.Messages).Body);
    }

    [Fact]
    public async Task Run_AfterSomebodyChangedThings_PutsBackWhatTheTemplateSays_AndOnlyThat()
    {
        await ProvisionerProcess.RunAsync(Aws);
        var jobQueue = (await _sqs.GetQueueUrlAsync("job-queue")).QueueUrl;
        await _sqs.SetQueueAttributesAsync(jobQueue, new() { ["VisibilityTimeout"] = "5", ["DelaySeconds"] = "3" });
        await _sqs.SetQueueAttributesAsync((await _sqs.GetQueueUrlAsync("notifier-queue")).QueueUrl, new() { ["Policy"] = "{}" });
        var subscription = (await _sns.ListSubscriptionsByTopicAsync(new ListSubscriptionsByTopicRequest { TopicArn = await TopicAsync() })).Subscriptions.Single();
        await _sns.SetSubscriptionAttributesAsync(subscription.SubscriptionArn, "RawMessageDelivery", "false");

        var (exitCode, output) = await ProvisionerProcess.RunAsync(Aws);

        Assert.Equal(0, exitCode);
        Assert.Contains("JobQueue: changed VisibilityTimeout", output, StringComparison.Ordinal);
        Assert.Contains("NotifierQueuePolicy: changed on 1 of 2 queues", output, StringComparison.Ordinal);
        Assert.Contains("NotifierSubscription: changed RawMessageDelivery", output, StringComparison.Ordinal);
        var jobs = await AttributesAsync("job-queue");
        Assert.Equal(("30", "3"), (jobs["VisibilityTimeout"], jobs["DelaySeconds"]));
        Assert.Equal("true", (await _sns.GetSubscriptionAttributesAsync(subscription.SubscriptionArn)).Attributes["RawMessageDelivery"]);
    }

    [Fact]
    public async Task Run_ServerComesLater_SaysThatItWaits()
    {
        _emulator.Kill();
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = ProvisionerProcess.RunAsync(
            Aws,
            line =>
            {
                if (line.Contains($"Waiting for SQS at {_emulator.Url}/", StringComparison.Ordinal))
                    waiting.TrySetResult();
            });
        await Task.WhenAny(waiting.Task, running);
        await _emulator.RestartAsync();

        var (exitCode, output) = await running;

        Assert.True(waiting.Task.IsCompletedSuccessfully);
        Assert.Equal(0, exitCode);
        Assert.Contains("AWS::SQS::Queue JobQueue: created", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ServerNeverComes_ExitsWith1_AndSaysWhere()
    {
        _emulator.Kill();

        var (exitCode, output) = await ProvisionerProcess.RunAsync(Aws, "--Provisioner:WaitForEndpoint", "00:00:01");

        Assert.Equal(1, exitCode);
        Assert.Contains($"SQS at {_emulator.Url}/ did not answer within 1 s", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AServiceThatNeverAnswers_ExitsWith1_AndNamesTheResource()
    {
        // Connections are accepted by the system, and nobody reads them.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var aws = Aws;
        aws["AWS_ENDPOINT_URL_DYNAMODB"] = $"http://{silent.LocalEndpoint}";

        var (exitCode, output) = await ProvisionerProcess.RunAsync(aws, "--Provisioner:WaitForResource", "00:00:02");

        Assert.Equal(1, exitCode);
        Assert.Contains("AWS::DynamoDB::Table MoviesTable: not there after 2 s", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TemplateNotUnderstood_ExitsWith1_NamesEverything_TouchesNothing()
    {
        var template = Path.GetTempFileName();
        await File.WriteAllTextAsync(template, """
            {"Resources":{
              "Good":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"good"}},
              "Odd":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"odd","Colour":"red"}},
              "Bucket":{"Type":"AWS::S3::Bucket"},
              "Function":{"Type":"AWS::Lambda::Function"}}}
            """);

        var (exitCode, output) = await ProvisionerProcess.RunAsync(Aws, "--Provisioner:Template", template);

        File.Delete(template);
        Assert.Equal(1, exitCode);
        Assert.Contains("Odd: Colour of AWS::SQS::Queue is not supported", output, StringComparison.Ordinal);
        Assert.Contains("Bucket: AWS::S3::Bucket is not supported", output, StringComparison.Ordinal);
        Assert.Contains("Function: AWS::Lambda::Function is not supported", output, StringComparison.Ordinal);
        Assert.Empty((await _sqs.ListQueuesAsync(new ListQueuesRequest())).QueueUrls ?? []);
    }

    [Fact]
    public async Task Run_EnvironmentIsWrong_ExitsWith1_NamesEverything()
    {
        var aws = Aws;
        (aws["AWS_ENDPOINT_URL_DYNAMODB"], aws["AWS_SECRET_ACCESS_KEY"]) = ("localhost:8000", null);

        var (exitCode, output) = await ProvisionerProcess.RunAsync(aws);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            """
            Cannot start:
              AWS_ENDPOINT_URL_DYNAMODB: 'localhost:8000': expected an address, e.g. http://localhost:4566
              AWS_SECRET_ACCESS_KEY: (not set): required beside AWS_ACCESS_KEY_ID; without both, credentials of a profile or role are used

            """,
            output);
    }

    private async Task<string> TopicAsync() => (await _sns.ListTopicsAsync(new ListTopicsRequest())).Topics.Single().TopicArn;

    private async Task<Dictionary<string, string>> AttributesAsync(string queue) =>
        (await _sqs.GetQueueAttributesAsync((await _sqs.GetQueueUrlAsync(queue)).QueueUrl, ["All"])).Attributes;
}
