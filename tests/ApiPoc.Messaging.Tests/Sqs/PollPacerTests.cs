using ApiPoc.Messaging.Sqs;
using ApiPoc.Testing;

namespace ApiPoc.Messaging.Tests.Sqs;

public sealed class PollPacerTests
{
    [Fact]
    public void Succeeding_NeverWaits()
    {
        var pacer = new PollPacer(new ManualTimeProvider(), TimeSpan.FromSeconds(5), new Random(1));

        pacer.Succeeded();

        Assert.True(pacer.WaitAsync(CancellationToken.None).IsCompleted);
    }

    [Theory]
    [InlineData(1, 0.2, 0.3)]
    [InlineData(2, 0.4, 0.6)]
    [InlineData(4, 1.6, 2.4)]
    [InlineData(5, 3.2, 4.8)]
    [InlineData(100, 4, 6)]
    public void Failures_TheNextPollIsDueAfterTwiceAsLongEachTime_UpToTheMaximum(int failures, double least, double most)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var time = new ManualTimeProvider();
            var pacer = new PollPacer(time, TimeSpan.FromSeconds(5), new Random(seed));
            for (var failure = 0; failure < failures; failure++)
                pacer.Failed();

            var waiting = pacer.WaitAsync(CancellationToken.None);
            time.Advance(TimeSpan.FromSeconds(least) - TimeSpan.FromMilliseconds(1));
            Assert.False(waiting.IsCompleted);
            time.Advance(TimeSpan.FromSeconds(most - least) + TimeSpan.FromMilliseconds(2));
            Assert.True(waiting.IsCompleted);
        }
    }

    [Fact]
    public void ConcurrentCallers_TakeTurns()
    {
        var time = new ManualTimeProvider();
        var pacer = new PollPacer(time, TimeSpan.FromSeconds(5), new Random(1));
        pacer.Failed();

        Task[] waiting = [.. Enumerable.Range(0, 5).Select(_ => pacer.WaitAsync(CancellationToken.None))];
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.InRange(waiting.Count(task => task.IsCompleted), 3, 4);
    }

    [Fact]
    public void Success_EndsThePauses()
    {
        var pacer = new PollPacer(new ManualTimeProvider(), TimeSpan.FromSeconds(5), new Random(1));
        pacer.Failed();

        pacer.Succeeded();

        Assert.True(pacer.WaitAsync(CancellationToken.None).IsCompleted);
    }
}
