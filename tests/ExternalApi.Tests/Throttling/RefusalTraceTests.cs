using System.Collections.Concurrent;
using System.Diagnostics;

namespace ApiPoc.ExternalApi.Tests.Throttling;

public sealed class RefusalTraceTests(Emulator emulator) : EmulatorTest(emulator)
{
    [Fact]
    public async Task Refused_TheServersSpanSaysWhichLimitRefused()
    {
        ConcurrentQueue<Activity> spans = new();
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        // The calls carry this trace, so that other tests' refusals, which the listener sees as well, are told apart.
        using var test = new Activity("test").Start();
        await Emulator.GetTimesAsync(6, Emulator.Attachment, "traced");
        bool IsRefusal(Activity span) => span.TraceId == test.TraceId && span.GetTagItem("apipoc.quota.level") is not null;

        // The span ends after the answer was sent.
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        while (!spans.Any(IsRefusal))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        var refused = spans.Single(IsRefusal);
        Assert.Equal("survey:interview:attachment", refused.GetTagItem("apipoc.quota.level"));
        Assert.Equal("60s", refused.GetTagItem("apipoc.quota.window"));
        Assert.InRange((long)refused.GetTagItem("apipoc.quota.retry_after_ms")!, 1, 60_000);
    }
}
