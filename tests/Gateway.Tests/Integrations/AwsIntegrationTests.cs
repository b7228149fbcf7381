using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.Integrations;

public sealed partial class AwsIntegrationTests : IAsyncLifetime
{
    private RedisServer _redis = null!;
    private SqsEmulator _sqsEmulator = null!;
    private DynamoDbEmulator _dynamoDbEmulator = null!;
    private AmazonSQSClient _sqs = null!;
    private AmazonDynamoDBClient _dynamoDb = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _sqsEmulator = await SqsEmulator.StartAsync();
        _dynamoDbEmulator = await DynamoDbEmulator.StartAsync();
        var credentials = new BasicAWSCredentials("test", "test");
        _sqs = new AmazonSQSClient(credentials, new AmazonSQSConfig { ServiceURL = _sqsEmulator.Url, AuthenticationRegion = "eu-west-1" });
        _dynamoDb = new AmazonDynamoDBClient(credentials, new AmazonDynamoDBConfig { ServiceURL = _dynamoDbEmulator.Url, AuthenticationRegion = "eu-west-1" });
        await _sqs.CreateQueueAsync("ingest-queue");
        await _dynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = "movies",
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("id", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("id", ScalarAttributeType.S)],
        });
        string definition = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "services", "Gateway", "gateway.json"));
        _gateway = await GatewayHost.StartAsync(
            _redis, definition,
            [.. _sqsEmulator.Settings.Select(setting => (setting.Key, setting.Value!)), ("AWS_ENDPOINT_URL_DYNAMODB", _dynamoDbEmulator.Url)]);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _sqs.Dispose();
        _dynamoDb.Dispose();
        await _dynamoDbEmulator.DisposeAsync();
        await _sqsEmulator.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Sqs_WithToken_AnswersSendMessageResponse_AndTheMessageIsInTheQueue()
    {
        const string body = """{"hello":"wörld"}""";
        var reply = await _gateway.SendAsync("POST", "queue/prod/sqs", key: null, body, ("Authorization", "testtoken"));
        Assert.Equal(200, reply.Status);
        Assert.Equal(
            """{"SendMessageResponse":{"ResponseMetadata":{"RequestId":"#"},"SendMessageResult":{"MD5OfMessageAttributes":null,"MD5OfMessageBody":"350a65ddaf4148f9f4fd19793b7ee08f","MD5OfMessageSystemAttributes":null,"MessageId":"#","SequenceNumber":null}}}""",
            Uuid().Replace(reply.Body, "#"));
        var message = Assert.Single(await ReceiveAsync());
        Assert.Equal((body, (string)reply.Json["SendMessageResponse"]!["SendMessageResult"]!["MessageId"]!), (message.Body, message.MessageId));
    }

    // SQS takes #x9, #xA, #xD, #x20 to #xD7FF, #xE000 to #xFFFD and #x10000 to #x10FFFF.
    [Theory]
    [InlineData("\u0009\u000a\u000d\u0020\ud7ff\ue000\ufffd", 200)]
    [InlineData("\ud83d\ude42 \ud800\udc00 \udbff\udfff", 200)]
    [InlineData("\u0000", 400)]
    [InlineData("\u001f", 400)]
    [InlineData("\uffff", 400)]
    public async Task Sqs_Characters_AreTakenAndRefusedAsSqsDoes(string body, int status)
    {
        Assert.Equal(status, (await _gateway.SendAsync("POST", "queue-open/prod/sqs", key: null, body)).Status);
        string[] expected = status == 200 ? [body] : [];
        Assert.Equal(expected, (await ReceiveAsync()).Select(message => message.Body));
    }

    [Fact]
    public async Task Sqs_WithoutToken_401_WithAnother_403_AndTheQueueStaysEmpty()
    {
        Assert.Equal(401, (await _gateway.SendAsync("POST", "queue/prod/sqs", key: null, "{}")).Status);
        Assert.Equal(403, (await _gateway.SendAsync("POST", "queue/prod/sqs", key: null, "{}", ("Authorization", "other"))).Status);
        Assert.Empty(await ReceiveAsync());
    }

    [Fact]
    public async Task Sqs_EmptyBody_IsQueuedAsAnEmptyObject_AndXmlIsAnsweredToWhoAcceptsIt()
    {
        var reply = await _gateway.SendAsync("POST", "queue-open/prod/sqs", key: null, body: null, ("Accept", "application/xml"));
        Assert.Equal((200, "application/xml"), (reply.Status, reply["Content-Type"]));
        Assert.Equal(
            "<?xml version=\"1.0\"?><SendMessageResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"><SendMessageResult><MessageId>#</MessageId>"
            + "<MD5OfMessageBody>99914b932bd37a50b983c5e7c90ae93b</MD5OfMessageBody></SendMessageResult><ResponseMetadata><RequestId>#</RequestId></ResponseMetadata></SendMessageResponse>",
            Uuid().Replace(reply.Body, "#"));
        Assert.Equal("{}", Assert.Single(await ReceiveAsync()).Body);
    }

    [Fact]
    public async Task Sqs_Gone_504()
    {
        _sqsEmulator.Kill();
        (await _gateway.SendAsync("POST", "queue-open/prod/sqs", key: null, "{}")).ShouldBe(504, "InternalServerErrorException", """{"message":"Internal server error"}""");
    }

    [Fact]
    public async Task DynamoDb_Gone_504_BeforeTheCallerHasGivenUp()
    {
        await _dynamoDbEmulator.DisposeAsync();
        var reply = await _gateway.SendAsync("POST", "data/prod/data", "premium-sample-key-000000001", """{"year":1,"title":"t","id":"i"}""")
            .WaitAsync(TimeSpan.FromSeconds(5));
        reply.ShouldBe(504, "InternalServerErrorException", """{"message":"Internal server error"}""");
    }

    [Fact]
    public async Task DynamoDb_EveryAdmittedPost_IsInTheTable_AndThePlansLimitShows()
    {
        const int calls = 300;
        var replies = await Task.WhenAll(Enumerable.Range(0, calls).Select(id => _gateway.SendAsync(
            "POST", "data/prod/data", "basic-sample-key-00000000001", new JsonObject { ["year"] = 2000, ["title"] = $"Title {id}", ["id"] = $"{id}" }.ToJsonString())));
        int stored = replies.Count(reply => reply.Status == 200);
        // The plan's burst is 200; beyond the back end's 100 at once AWS answers 500.
        Assert.InRange(stored, 1, calls);
        Assert.All(replies, reply => Assert.Contains(reply.Status, (int[])[200, 429, 500]));
        Assert.All(replies.Where(reply => reply.Status == 200), reply => Assert.Equal("""{"message":"Successfully inserted data!"}""", reply.Body));
        Assert.Equal(stored, (await _dynamoDb.ScanAsync(new ScanRequest { TableName = "movies", Select = Select.COUNT })).Count);
        var item = (await _dynamoDb.ScanAsync(new ScanRequest { TableName = "movies" })).Items[0];
        Assert.Equal(("2000", $"Title {item["id"].S}"), (item["year"].N, item["title"].S));
    }

    private async Task<List<Message>> ReceiveAsync()
    {
        string url = (await _sqs.GetQueueUrlAsync("ingest-queue")).QueueUrl;
        return (await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, MaxNumberOfMessages = 10 })).Messages ?? [];
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Uuid();
}
