using ApiPoc.Simulation.Jobs;
using Xunit.Abstractions;

namespace ApiPoc.Domain.Tests.Jobs;

/// <summary>A thousand lives of jobs with everything that can go wrong, and the proof that the judge would see it.</summary>
public sealed class JobSeedsTests(ITestOutputHelper output)
{
    private const int Seeds = 1_000;

    [Fact]
    public void EverySeed_EveryJobEndsOnce()
    {
        int recorded = 0, deadLettered = 0, redriven = 0, stale = 0;
        for (int seed = 1; seed <= Seeds; seed++)
        {
            var (history, violation) = JobWorld.Run(seed);

            Assert.True(violation is null, $"seed {seed}: {violation}\n{string.Join('\n', history.Events)}");
            recorded += history.Recorded;
            deadLettered += history.DeadLettered;
            redriven += history.Redriven;
            stale += history.StaleRefused;
        }

        output.WriteLine($"{Seeds} seeds: {recorded} jobs recorded, {redriven} dead-lettered and redriven, {deadLettered} of these again dead-lettered, {stale} stale results refused");
        Assert.True(recorded > Seeds && redriven > deadLettered && deadLettered > 10 && stale > 10, "seeds without trouble prove little");
    }

    [Theory]
    [InlineData(PlantedBug.NoFencing, "stale result recorded")]
    [InlineData(PlantedBug.DeleteBeforeWork, "lost")]
    [InlineData(PlantedBug.NoDedupe, "effect recorded twice")]
    [InlineData(PlantedBug.RejectUnfenced, "both recorded and dead-lettered")]
    [InlineData(PlantedBug.RefusalNotKept, "both recorded and dead-lettered")]
    public void PlantedBug_IsFound(PlantedBug bug, string violation)
    {
        var found = Enumerable.Range(1, Seeds)
            .Select(seed => (Seed: seed, JobWorld.Run(seed, bug).Violation))
            .Where(run => run.Violation?.StartsWith(violation, StringComparison.Ordinal) is true)
            .ToList();

        output.WriteLine($"{bug}: {found.Count} of {Seeds} seeds find it, the first is {found.FirstOrDefault()}");
        Assert.NotEmpty(found);
    }

    [Fact]
    public void SameSeed_SameHistory() => Assert.Equal(JobWorld.Run(7).History.Events, JobWorld.Run(7).History.Events);
}
