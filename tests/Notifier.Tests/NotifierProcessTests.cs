using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using ApiPoc.Domain.Events;
using ApiPoc.Testing;

namespace ApiPoc.Notifier.Tests;

/// <summary>The service as it runs: a process of its own, on real Redis, the SQS emulator and a real webhook.</summary>
public sealed class NotifierProcessTests : IAsyncLifetime
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

    private RedisServer _redis = null!;
    private SqsEmulator _emulator = null!;
    private WebhookReceiver _webhook = null!;
    private AmazonSQSClient _sqs = null!;
    private string _queue = "";

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _emulator = await SqsEmulator.StartAsync();
        _webhook = await WebhookReceiver.StartAsync();
        _sqs = new AmazonSQSClient("test", "test", new AmazonSQSConfig { ServiceURL = _emulator.Url, AuthenticationRegion = "eu-west-1" });

        // The second copy of an event that is being delivered is left to come again: after 2 s here instead of 30.
        var queue = new CreateQueueRequest { QueueName = "notifier-queue", Attributes = new() { ["VisibilityTimeout"] = "2" } };
        _queue = (await _sqs.CreateQueueAsync(queue)).QueueUrl;
    }

    public async Task DisposeAsync()
    {
        _sqs.Dispose();
        await _webhook.DisposeAsync();
        await _emulator.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Event_OnTheQueueTwice_IsToldOnceAndContinuesItsTrace()
    {
        await using var service = await StartAsync();
        await SendAsync(SampleEvents.Opened);
        await SendAsync(SampleEvents.Opened);
        await WaitUntilAsync(async () => await CountMessagesAsync() == 0);

        var attachment = JsonSerializer.Deserialize<JsonElement>(Assert.Single(_webhook.Bodies)).GetProperty("attachments")[0];
        Assert.Equal("Circuit breaker opened: ODG_SURVEYS", attachment.GetProperty("title").GetString());

        // The console subscriber logs inside the event's trace; nobody prints the address, and it is not told of our traces.
        await WaitUntilAsync(() => Task.FromResult(service.Output.Contains($"Circuit breaker opened: ODG_SURVEYS. survey quota exceeded", StringComparison.Ordinal)));
        Assert.Contains(service.Output.Split('\n'), line => line.Contains("Circuit breaker opened", StringComparison.Ordinal) && line.EndsWith($"trace={TraceId}", StringComparison.Ordinal));
        Assert.DoesNotContain("planted-secret", service.Output + service.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", _webhook.HeaderNames, StringComparer.OrdinalIgnoreCase);

        using var ready = await service.Http.GetAsync("/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal(0, await service.StopAsync());
    }

    [Fact]
    public async Task Events_Posted_AreDeliveredOrRefusedWithACode()
    {
        await using var service = await StartAsync();
        using var delivered = await service.Http.PostAsJsonAsync("/events", SampleEvents.Opened);
        Assert.Equal("""{"console":"delivered","chat":"delivered"}""", await delivered.Content.ReadAsStringAsync());

        using var refused = await service.Http.PostAsJsonAsync("/events", SampleEvents.Of("breaker.exploded"));
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.BadRequest, "unknown_event"), (refused.StatusCode, problem.GetProperty("code").GetString()));

        using var incomplete = await service.Http.PostAsJsonAsync("/events", new { type = "breaker.opened", time = "2026-11-05T10:20:30Z", data = (object?)null });
        Assert.Equal(HttpStatusCode.BadRequest, incomplete.StatusCode);
    }

    private Task<ServiceProcess> StartAsync() => ServiceProcess.StartAsync(
        "Notifier",
        [
            .. _emulator.Settings.Select(setting => (setting.Key, setting.Value)),
            ("ConnectionStrings:redis", _redis.ConnectionString),
            ("Notifier:Subscribers:1:Name", "chat"),
            ("Notifier:Subscribers:1:Kind", "Slack"),
            ("Notifier:Subscribers:1:WebhookUrl", _webhook.Url.ToString()),
        ]);

    private Task SendAsync(ThrottleEvent throttleEvent) => _sqs.SendMessageAsync(new SendMessageRequest
    {
        QueueUrl = _queue,
        MessageBody = JsonSerializer.Serialize(throttleEvent),
        MessageAttributes = new() { ["traceparent"] = new() { DataType = "String", StringValue = $"00-{TraceId}-00f067aa0ba902b7-01" } },
    });

    private async Task<int> CountMessagesAsync()
    {
        var attributes = await _sqs.GetQueueAttributesAsync(_queue, ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]);
        return attributes.ApproximateNumberOfMessages + attributes.ApproximateNumberOfMessagesNotVisible;
    }

    private static async Task WaitUntilAsync(Func<Task<bool>> condition)
    {
        using var budget = new CancellationTokenSource(Budget);
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, budget.Token);
    }
}
