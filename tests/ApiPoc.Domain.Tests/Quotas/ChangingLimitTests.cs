using ApiPoc.Simulation;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>A limit is made smaller in the midst of a drain and set back some seconds later, and the API answers bare 429s.</summary>
public sealed class ChangingLimitTests
{
    private const long Second = 1_000_000;

    /// <summary>From 50 a second to 15 to 39, for three to twelve seconds: found out by the first burst, and tested soon whether it has been set back.</summary>
    [Fact]
    public void SizeChangesAndChangesBack_IsFollowed()
    {
        DrainFigures[] drains = [.. Seeds(40).Select(seed => Drain.Run(Changing(seed), seed, TimeSpan.FromMinutes(10)))];

        Assert.InRange(drains.Average(figures => figures.Efficiency), 0.955, 1);
        Assert.InRange(drains.Min(figures => figures.Efficiency), 0.88, 1);
        Assert.InRange(drains.Average(figures => figures.Waste), 0, 0.022);
    }

    [Fact]
    public void SizeChangesAndChangesBack_OnCrowdedMachines_IsFollowed()
    {
        DrainFigures[] drains = [.. Seeds(40).Select(seed => Drain.Run(Changing(seed) with { Noise = Noise.Crowded }, seed, TimeSpan.FromMinutes(10)))];

        Assert.InRange(drains.Average(figures => figures.Efficiency), 0.945, 1);
        Assert.InRange(drains.Average(figures => figures.Waste), 0, 0.018);
    }

    /// <summary>
    /// A bucket nobody told of, searched by processes that are slow at first: a search begun because the one before was wrong must not start from what that had believed, or each
    /// sends more at once than the last, and nearly all of it is refused.
    /// </summary>
    [Fact]
    public void SearchAfterSearch_NeverRunsAway()
    {
        var bucket = Scenarios.All.First(known => known.Name == "bucket-unknown") with { Noise = new Noise(0.1, 30_000, 450_000) };

        Assert.All(Seeds(20), seed => Assert.InRange(Drain.Run(bucket, seed, TimeSpan.FromMinutes(10)).Waste, 0, 0.25));
    }

    private static ParallelQuery<int> Seeds(int count) => Enumerable.Range(1, count).AsParallel();

    private static Scenario Changing(int seed)
    {
        var random = new Random(seed);
        var smaller = (long)(50 * (0.3 + (0.5 * random.NextDouble())));
        var from = (1_000 * Second) + (long)((5 + random.NextDouble()) * Second);
        var until = from + (long)((3 + (9 * random.NextDouble())) * Second);
        var size = new SizeOverTime(now => from <= now && now < until ? smaller : 50);
        return Scenarios.All.First(known => known.Name == "F-bare") with { Referee = _ => new WindowReferee(size, Second, false, RefereeHeaders.None) };
    }
}
