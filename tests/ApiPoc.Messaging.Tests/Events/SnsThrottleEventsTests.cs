using System.Diagnostics;
using ApiPoc.Domain.Events;
using ApiPoc.Testing;
using static ApiPoc.Messaging.Tests.Events.EventsFixture;

namespace ApiPoc.Messaging.Tests.Events;

public sealed class SnsThrottleEventsTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task Publish_ArrivesAsTheContractHasIt_WithTypeAndTraceBeside()
    {
        var (host, queue, topic) = await emulator.CreateEventsAsync();
        await using var _ = host;
        await host.StartAsync();
        using var cause = new Activity("cause").SetIdFormat(ActivityIdFormat.W3C).Start();
        cause.ActivityTraceFlags = ActivityTraceFlags.Recorded;

        Assert.True(host.Get<IThrottleEvents>().TryPublish(NewEvent()));

        await emulator.WaitForMessagesAsync(queue, 1);
        var message = (await emulator.LookIntoAsync(queue)).Single()!;
        Assert.Equal(
            $$$"""{"type":"breaker.opened","time":"2026-11-05T10:20:30+00:00","api_id":"ODG_SURVEYS","reason":"429 from the API","trace_id":"{{{cause.TraceId}}}","data":{"retry_after_ms":"1500"}}""",
            (string?)message["body"]);
        Assert.Equal("breaker.opened", (string?)message["messageAttributes"]!["type"]!["StringValue"]);
        Assert.Equal(cause.Id, (string?)message["messageAttributes"]!["traceparent"]!["StringValue"]);
        await Eventually.IsTrueAsync(() => host.SpansOf(cause.TraceId).Count == 1, "the span of sending");
        var send = host.SpansOf(cause.TraceId)[0];
        Assert.Equal(($"send {topic}", cause.SpanId, "aws.sns"), (send.DisplayName, send.ParentSpanId, send.GetTagItem("messaging.system")));
    }

    [Fact]
    public async Task TopicDown_EventsWait_AndArriveOnceEachWhenItIsBack()
    {
        var down = true;
        await using var proxy = new TamperingProxy(emulator.Emulator.Url) { Refuse = _ => Volatile.Read(ref down) };
        var (host, queue, _) = await emulator.CreateEventsAsync(proxy.Url, settings: [("MaxBackoff", "00:00:00.25")]);
        await using var _ = host;
        await host.StartAsync();
        string[] reasons = [.. Enumerable.Range(0, 25).Select(number => $"{number:00}")];

        foreach (var reason in reasons)
            Assert.True(host.Get<IThrottleEvents>().TryPublish(NewEvent(reason: reason)));
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        Assert.Empty(await emulator.LookIntoAsync(queue));
        Volatile.Write(ref down, false);

        await emulator.WaitForMessagesAsync(queue, 25);
        var arrived = (await emulator.LookIntoAsync(queue)).Select(message => System.Text.Json.JsonSerializer.Deserialize<ThrottleEvent>((string)message!["body"]!)!.Reason);
        Assert.Equal(reasons, arrived.Order(StringComparer.Ordinal));
        await Eventually.IsTrueAsync(() => host.Counts["apipoc.messaging.published_events"] == 25, "25 counted");
    }

    [Fact]
    public async Task BufferFull_TheEventIsDroppedAndCounted()
    {
        var (host, _, _) = await emulator.CreateEventsAsync(settings: [("EventBuffer", "2")]);
        await using var _ = host;
        var events = host.Get<IThrottleEvents>();

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => events.TryPublish(NewEvent())));

        Assert.Equal(1, host.Counts["apipoc.messaging.dropped_events buffer_full"]);
    }

    [Fact]
    public async Task TooLarge_TheEventIsDroppedAndCounted()
    {
        var (host, _, _) = await emulator.CreateEventsAsync();
        await using var _ = host;

        Assert.False(host.Get<IThrottleEvents>().TryPublish(NewEvent(reason: new string('x', 20_000))));

        Assert.Equal(1, host.Counts["apipoc.messaging.dropped_events too_large"]);
    }

    [Fact]
    public async Task Stopping_WhatIsBufferedIsStillPublished()
    {
        var (host, queue, _) = await emulator.CreateEventsAsync();
        await using var _ = host;
        await host.StartAsync();

        for (var number = 0; number < 30; number++)
            host.Get<IThrottleEvents>().TryPublish(NewEvent());
        await host.StopAsync();

        Assert.Equal(30, (await emulator.LookIntoAsync(queue)).Count);
    }

    [Fact]
    public async Task Stopping_WhileTheTopicIsDown_GivesUpInTimeAndCounts()
    {
        await using var proxy = new TamperingProxy(emulator.Emulator.Url) { Refuse = _ => true };
        var (host, _, _) = await emulator.CreateEventsAsync(proxy.Url, settings: [("EventFlushTimeout", "00:00:00.5")]);
        await using var _ = host;
        await host.StartAsync();
        for (var number = 0; number < 12; number++)
            host.Get<IThrottleEvents>().TryPublish(NewEvent());

        var clock = Stopwatch.StartNew();
        await host.StopAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(12, host.Counts["apipoc.messaging.dropped_events stopped"]);
    }

    [Fact]
    public async Task TopicMadeLater_IsFoundThen()
    {
        var name = EmulatorFixture.NewName("topic");
        await using var host = MessagingHost.Create(emulator.Emulator.Settings, ("EventsTopic", name));
        await host.StartAsync();
        host.Get<IThrottleEvents>().TryPublish(NewEvent());

        await emulator.Sns.CreateTopicAsync(name);

        await Eventually.IsTrueAsync(() => host.Counts.GetValueOrDefault("apipoc.messaging.published_events") == 1, "the event is published");
    }
}
