using ApiPoc.Domain.Events;
using ApiPoc.Messaging.Events;
using ApiPoc.Testing;
using Microsoft.Extensions.Hosting;
using static ApiPoc.Messaging.Tests.Events.EventsFixture;

namespace ApiPoc.Messaging.Tests.Events;

public sealed class ThrottleEventPublisherTests
{
    [Fact]
    public async Task Dispose_WhileAStopStillWaits_LeavesNothingThatFailsLater()
    {
        var clock = new ManualTimeProvider();
        await using var unreachable = new TamperingProxy("http://127.0.0.1:1") { Refuse = _ => true };
        await using var host = MessagingHost.Create(
            new Dictionary<string, string?> { ["AWS_ENDPOINT_URL"] = unreachable.Url, ["AWS_REGION"] = "eu-west-1", ["AWS_ACCESS_KEY_ID"] = "id", ["AWS_SECRET_ACCESS_KEY"] = "secret" },
            clock, ("EventsTopic", "topic"));
        var publisher = host.Get<IEnumerable<IHostedService>>().OfType<ThrottleEventPublisher>().Single();
        await publisher.StartingAsync(CancellationToken.None);
        Assert.True(host.Get<IThrottleEvents>().TryPublish(NewEvent()));
        var stopping = publisher.StoppedAsync(CancellationToken.None);

        publisher.Dispose();
        // On the real clock an exception of a timer would end the process.
        clock.Advance(TimeSpan.FromMinutes(1));
        await stopping;
    }
}
