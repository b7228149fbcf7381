using ApiPoc.Domain.Events;
using ApiPoc.Notifier.Channels;
using ApiPoc.Notifier.Delivery;
using ApiPoc.Notifier.Subscribers;
using ApiPoc.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace ApiPoc.Notifier.Tests.Delivery;

/// <summary>Real webhooks and a real Redis; pauses are short, time-outs are the only long ones.</summary>
public sealed class DelivererTests : IAsyncLifetime
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

    private readonly RecordedMeters _meters = new();
    private readonly RecordedLog _log = new();
    private RedisServer _redis = null!;
    private WebhookReceiver _webhook = null!;

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _webhook = await WebhookReceiver.StartAsync();
    }

    public async Task DisposeAsync()
    {
        _meters.Dispose();
        await _webhook.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Deliver_SameEventAgain_ReachesTheSubscriberOnce()
    {
        await using var services = Build(Webhook("chat"));
        Assert.Equal(("chat", DeliveryOutcome.Delivered), await DeliverAsync(services));
        Assert.Equal(("chat", DeliveryOutcome.Repeated), await DeliverAsync(services));
        Assert.Single(_webhook.Bodies);
    }

    [Fact]
    public async Task Deliver_TwoNotifiersAtOnce_OneDelivers()
    {
        var hold = new TaskCompletionSource();
        _webhook.Hold = hold.Task;
        await using var services = Build(Webhook("chat"));
        await using var others = Build(Webhook("chat"));
        var first = DeliverAsync(services);
        await _webhook.WaitForPostAsync();

        Assert.Equal(("chat", DeliveryOutcome.Elsewhere), await DeliverAsync(others));
        hold.SetResult();
        Assert.Equal(("chat", DeliveryOutcome.Delivered), await first.WaitAsync(Budget));
        Assert.Single(_webhook.Bodies);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task Deliver_TransientAnswer_IsTriedAgain(int status)
    {
        _webhook.Answer = number => number < 3 ? status : 200;
        await using var services = Build(Webhook("chat"));
        Assert.Equal(("chat", DeliveryOutcome.Delivered), await DeliverAsync(services));
        Assert.Equal(3, _webhook.Bodies.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task Deliver_FinalAnswer_IsDroppedAtOnce(int status)
    {
        _webhook.Answer = _ => status;
        await using var services = Build(Webhook("chat"));
        Assert.Equal(("chat", DeliveryOutcome.Dropped), await DeliverAsync(services));
        Assert.Single(_webhook.Bodies);
    }

    [Fact]
    public async Task Deliver_NeverTaken_IsDroppedCountedAndLoggedWithoutTheAddress()
    {
        _webhook.Answer = _ => 500;
        await using var services = Build(Webhook("chat"));
        Assert.Equal(("chat", DeliveryOutcome.Dropped), await DeliverAsync(services));
        Assert.Equal(3, _webhook.Bodies.Count);
        Assert.Equal(
            [
                "apipoc.notifier.failed_attempts 1 {attempt} subscriber=chat kind=slack",
                "apipoc.notifier.failed_attempts 1 {attempt} subscriber=chat kind=slack",
                "apipoc.notifier.failed_attempts 1 {attempt} subscriber=chat kind=slack",
                "apipoc.notifier.notifications 1 {notification} subscriber=chat kind=slack type=breaker.opened outcome=dropped",
            ],
            _meters.Measurements.Where(line => line.StartsWith("apipoc.", StringComparison.Ordinal)));
        Assert.Equal(
            [
                "Subscriber chat did not take breaker.opened at attempt 1: the webhook answered 500.",
                "Subscriber chat did not take breaker.opened at attempt 2: the webhook answered 500.",
                "Subscriber chat did not take breaker.opened at attempt 3: the webhook answered 500.",
                "Subscriber chat was not told of breaker.opened: \"Circuit breaker opened: ODG_SURVEYS\" was dropped.",
            ],
            _log.Lines);
    }

    [Fact]
    public async Task Deliver_AfterADrop_TriesOnceUntilItSucceeds()
    {
        _webhook.Answer = number => number <= 4 || number == 6 ? 500 : 200;
        await using var services = Build(Webhook("chat"));
        List<int> posts = [];
        for (int second = 0; second < 4; second++)
        {
            await DeliverAsync(services, SampleEvents.Opened with { Time = SampleEvents.Opened.Time.AddSeconds(second) });
            posts.Add(_webhook.Bodies.Count);
        }

        // Three attempts and a drop; one attempt and a drop; one that succeeds; then two, for the first fails.
        Assert.Equal([3, 4, 5, 7], posts);
    }

    [Fact]
    public async Task Deliver_OneSubscriberHangs_TheOtherIsToldMeanwhile()
    {
        var hold = new TaskCompletionSource();
        _webhook.Hold = hold.Task;
        await using var healthy = await WebhookReceiver.StartAsync();
        await using var services = Build(Webhook("hanging"), new SubscriberOptions { Name = "healthy", Kind = SubscriberKind.Slack, WebhookUrl = healthy.Url });
        var delivery = services.GetRequiredService<Deliverer>().DeliverAsync(SampleEvents.Opened, CancellationToken.None);

        await healthy.WaitForPostAsync();
        Assert.False(delivery.IsCompleted);
        hold.SetResult();
        await delivery.WaitAsync(Budget);
    }

    [Fact]
    public async Task Deliver_SubscriberHangs_IsDroppedAfterTheTimeouts()
    {
        _webhook.Hold = new TaskCompletionSource().Task;
        await using var services = Build(options => options.AttemptTimeout = TimeSpan.FromMilliseconds(200), Webhook("chat"));
        Assert.Equal(("chat", DeliveryOutcome.Dropped), await DeliverAsync(services).WaitAsync(Budget));
        Assert.Equal(3, _webhook.Bodies.Count);
    }

    [Fact]
    public async Task Deliver_NobodyListens_IsDroppedWithoutTheAddressInTheLog()
    {
        var url = _webhook.Url;
        await _webhook.DisposeAsync();
        await using var services = Build(new SubscriberOptions { Name = "chat", Kind = SubscriberKind.Slack, WebhookUrl = url });
        Assert.Equal(("chat", DeliveryOutcome.Dropped), await DeliverAsync(services));
        Assert.Equal("Subscriber chat did not take breaker.opened at attempt 1: HttpRequestException.", _log.Lines[0]);
    }

    [Fact]
    public async Task Deliver_RedisIsGone_DeliversAllTheSame()
    {
        await using var services = Build(Webhook("chat"));
        Assert.Equal(("chat", DeliveryOutcome.Delivered), await DeliverAsync(services));
        _redis.Kill();
        Assert.Equal(("chat", DeliveryOutcome.Delivered), await DeliverAsync(services).WaitAsync(Budget));
    }

    [Fact]
    public async Task Deliver_EventNotWanted_IsNotSent()
    {
        await using var services = Build(new SubscriberOptions { Name = "chat", Kind = SubscriberKind.Slack, WebhookUrl = _webhook.Url, Events = { ThrottleEventType.JobDeadLettered } });
        Assert.Empty(await services.GetRequiredService<Deliverer>().DeliverAsync(SampleEvents.Opened, CancellationToken.None));
        Assert.Empty(_webhook.Bodies);
    }

    [Fact]
    public async Task Deliver_Stopped_CanBeDeliveredAgainAtOnce()
    {
        var hold = new TaskCompletionSource();
        _webhook.Hold = hold.Task;
        await using var services = Build(Webhook("chat"));
        using var stop = new CancellationTokenSource();
        var delivery = services.GetRequiredService<Deliverer>().DeliverAsync(SampleEvents.Opened, stop.Token);
        await _webhook.WaitForPostAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivery.WaitAsync(Budget));

        hold.SetResult();
        Assert.Equal(("chat", DeliveryOutcome.Delivered), await DeliverAsync(services));
    }

    private SubscriberOptions Webhook(string name) => new() { Name = name, Kind = SubscriberKind.Slack, WebhookUrl = _webhook.Url };

    private static async Task<(string, DeliveryOutcome)> DeliverAsync(ServiceProvider services, ThrottleEvent? throttleEvent = null)
    {
        var outcomes = await services.GetRequiredService<Deliverer>().DeliverAsync(throttleEvent ?? SampleEvents.Opened, CancellationToken.None);
        var (name, outcome) = Assert.Single(outcomes);
        return (name, outcome);
    }

    private ServiceProvider Build(params SubscriberOptions[] subscribers) => Build(_ => { }, subscribers);

    private ServiceProvider Build(Action<NotifierOptions> configure, params SubscriberOptions[] subscribers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(_log).AddFilter("Microsoft", LogLevel.None);
        builder.AddChannels();
        builder.AddDelivery();
        builder.Services.AddSingleton<System.Diagnostics.Metrics.IMeterFactory>(_meters);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(_redis.ConnectionString));
        builder.Services.Configure<NotifierOptions>(options =>
        {
            options.FirstBackoff = TimeSpan.FromMilliseconds(10);
            options.Subscribers.AddRange(subscribers);
            configure(options);
        });
        return (ServiceProvider)((IServiceCollection)builder.Services).BuildServiceProvider();
    }
}
