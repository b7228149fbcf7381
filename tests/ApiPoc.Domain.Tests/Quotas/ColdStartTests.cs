using ApiPoc.Simulation;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>Processes that have just started are slow at first, and begin in the midst of a window of 50 a second that goes by the API's clock.</summary>
public sealed class ColdStartTests
{
    /// <summary>They answer late for half a second: by at most a window they are too late.</summary>
    [Theory]
    [InlineData(300)]
    [InlineData(450)]
    [InlineData(750)]
    public void ColdStartInTheMidstOfAWindow_LosesNoMoreThanThat(int startsAfter)
    {
        var drains = Drains(startsAfter, new Noise(0.1, 30_000, 450_000), seeds: 20);

        Assert.InRange(drains.Average(figures => figures.Efficiency), 0.935, 1);
        Assert.InRange(drains.Average(figures => figures.Waste), 0, 0.002);
    }

    /// <summary>They are slow for seconds, and use their first windows up across the moment when the API's begin.</summary>
    [Fact]
    public void FirstWindowsUsedSlowly_DoNotProveWhereWindowsBegin()
    {
        var drains = Drains(startsAfter: 300, new Noise(0.05, 30_000, 1_800_000), seeds: 24);

        Assert.InRange(drains.Average(figures => figures.Waste), 0, 0.009);
    }

    private static List<DrainFigures> Drains(int startsAfter, Noise noise, int seeds)
    {
        var scenario = Scenarios.All.First(known => known.Name == "A");
        var cold = scenario with { Start = scenario.Start + (startsAfter * 1_000), Noise = noise };
        return [.. Enumerable.Range(1, seeds).AsParallel().Select(seed => Drain.Run(cold, seed, TimeSpan.FromMinutes(10)))];
    }
}
