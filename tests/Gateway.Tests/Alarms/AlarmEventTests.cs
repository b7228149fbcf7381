using ApiPoc.Domain.Events;
using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiPoc.Gateway.Tests.Alarms;

public sealed class AlarmEventTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    private const string Definition = """
        {
          "restApis": {
            "watched": {
              "resources": { "/r": { "GET": { "integration": { "mock": {} } } } },
              "stages": { "s": { "methodSettings": { "*/*": { "throttlingRateLimit": 0.01, "throttlingBurstLimit": 1 } } } }
            }
          },
          "alarms": { "throttled": { "metric": "Throttled", "apiId": "watched", "greaterThan": 5, "treatMissingData": "NOT_BREACHING" } }
        }
        """;

    [Fact]
    public async Task Alarm_RefusalsOfTwoInstancesTogetherExceedIt_IsAnnouncedOnce()
    {
        var events = new RecordedEvents();
        await using var here = await StartAsync(events);
        await using var there = await StartAsync(events);
        for (int call = 0; call < 4; call++)
            Assert.Contains((await here.GetAsync("watched/s/r")).Status + (await there.GetAsync("watched/s/r")).Status, (int[])[629, 858]);

        await Eventually.IsTrueAsync(() => events.All.Any(published => published.Data["state"] == "ALARM"), "the alarm is announced");
        var alarm = Assert.Single(events.All, published => published.Data["state"] == "ALARM");
        Assert.Equal(
            (ThrottleEventType.AlarmChanged, "watched", "Sum of Throttled > 5 in 1 of 1 periods of 00:01:00", "throttled", "5"),
            (alarm.Type, alarm.ApiId, alarm.Reason, alarm.Data["alarm"], alarm.Data["threshold"]));
    }

    private Task<GatewayHost> StartAsync(RecordedEvents events) => GatewayHost.StartAsync(
        fixture.Redis, Definition, services => services.Replace(ServiceDescriptor.Singleton<IThrottleEvents>(events)), ("Alarms:Interval", "00:00:00.100"));
}
