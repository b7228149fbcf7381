using ApiPoc.AppHost.Resources;

namespace ApiPoc.AppHost.Tests;

public sealed class RestartsTests
{
    private readonly Restarts _restarts = new();
    private DateTimeOffset _now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ends_AgainAndAgain_WaitLongerEachTime()
    {
        double[] pauses = [.. Enumerable.Range(0, 8).Select(_ => RunAndEnd(TimeSpan.FromSeconds(5))!.Value.TotalSeconds)];
        Assert.Equal([0, 1, 2, 4, 8, 16, 30, 30], pauses);
    }

    [Fact]
    public void End_AfterAMinuteOfWork_CountsAsTheFirst()
    {
        RunAndEnd(TimeSpan.FromSeconds(5));
        RunAndEnd(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.Zero, RunAndEnd(TimeSpan.FromMinutes(1)));
        Assert.Equal(TimeSpan.FromSeconds(1), RunAndEnd(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void End_ThatWasAskedFor_StaysEnded()
    {
        Take("Starting", "Running", "Stopping");
        Assert.Null(_restarts.PauseAfter("Exited", _now));
    }

    [Fact]
    public void FailedStart_OfARestart_IsTriedAgain_OfTheFirstStartIsNot()
    {
        Take("Starting");
        Assert.Null(_restarts.PauseAfter("FailedToStart", _now));
        RunAndEnd(TimeSpan.FromSeconds(5));
        Take("Starting");
        Assert.Equal(TimeSpan.FromSeconds(1), _restarts.PauseAfter("FailedToStart", _now));
    }

    [Fact]
    public void SameState_SaidTwice_IsOneEnd()
    {
        Take("Running");
        Assert.Equal(TimeSpan.Zero, _restarts.PauseAfter("Exited", _now));
        Assert.Null(_restarts.PauseAfter("Exited", _now));
    }

    private TimeSpan? RunAndEnd(TimeSpan duration)
    {
        Take("Starting", "Running");
        _now += duration;
        return _restarts.PauseAfter("Exited", _now);
    }

    private void Take(params string[] states) => Assert.All(states, state => Assert.Null(_restarts.PauseAfter(state, _now)));
}
