using ApiPoc.Simulation;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>The figures the engine must reach, in virtual time; every seed gives the same answer every time.</summary>
public sealed class DrainTests
{
    [Theory]
    [InlineData("A", 0.99, 0.001)]
    [InlineData("A-first-use", 0.99, 0.001)]
    [InlineData("B", 0.97, 0.01)]
    [InlineData("C", 0.99, 0.001)]
    [InlineData("C-bare", 0.99, 0.001)]
    [InlineData("C-first-use", 0.99, 0.001)]
    [InlineData("D", 0.97, 0.01)]
    [InlineData("D-sliding", 0.97, 0.01)]
    [InlineData("E", 0.95, 0.02)]
    [InlineData("E-mid", 0.95, 0.02)]
    [InlineData("F", 0.97, 0.01)]
    [InlineData("G", 0.95, 0.01)]
    [InlineData("G-first-use", 0.95, 0.01)]
    [InlineData("H", 0.98, 0.005)]
    [InlineData("I", 0.99, 0.001)]
    [InlineData("J", 0.95, 0.001)]
    [InlineData("K", 0.99, 0.001)]
    [InlineData("S1", 0.98, 0.001)]
    [InlineData("S2", 0.98, 0.001)]
    [InlineData("S3", 0.95, 0.02)]
    [InlineData("S4", 0.95, 0.02)]
    [InlineData("S5", 0.95, 0.01)]
    [InlineData("S6", 0.95, 0.001)]
    [InlineData("told-by-policy", 0.95, 0.001)]
    [InlineData("37/1.7s", 0.99, 0.005)]
    [InlineData("37/1.7s-150ms", 0.99, 0.005)]
    [InlineData("bucket", 0.97, 0.01)]
    [InlineData("50/1s-5ms", 0.99, 0.001)]
    public void Drain_Scenario_ReachesItsFigures(string name, double efficiency, double waste)
    {
        var scenario = Scenarios.All.Single(candidate => candidate.Name == name);

        foreach (var seed in Enumerable.Range(1, 3))
        {
            var figures = Drain.Run(scenario, seed, TimeSpan.FromHours(1));
            Assert.Equal(scenario.Jobs, figures.Done);
            Assert.True(figures.Efficiency >= efficiency && figures.Waste <= waste, $"{name}, seed {seed}: {figures}");
        }
    }

    [Theory]
    [InlineData("A-first-use", 0.95)]
    [InlineData("B", 0.88)]
    [InlineData("C-bare", 0.98)]
    [InlineData("D", 0.88)]
    [InlineData("E", 0.90)]
    [InlineData("F", 0.95)]
    [InlineData("S1", 0.95)]
    [InlineData("S3", 0.93)]
    [InlineData("37/1.7s", 0.97)]
    [InlineData("37/1.7s-150ms", 0.97)]
    [InlineData("H", 0.95)]
    public void Drain_CrowdedMachines_LosesLittle(string name, double efficiency)
    {
        var scenario = Scenarios.All.Single(candidate => candidate.Name == name) with { Noise = Noise.Crowded };

        foreach (var seed in Enumerable.Range(1, 5))
        {
            var figures = Drain.Run(scenario, seed, TimeSpan.FromHours(1));
            Assert.True(figures.Efficiency >= efficiency && figures.Waste <= 0.06, $"{name}, seed {seed}: {figures}");
        }
    }

    /// <summary>Processes that stand still for a quarter of a second send whole bursts late: what these teach must not be believed for ever.</summary>
    [Theory]
    [InlineData("A", 0.94, 0.01)]
    [InlineData("B", 0.88, 0.03)]
    [InlineData("D", 0.95, 0.02)]
    [InlineData("E-mid", 0.92, 0.1)]
    [InlineData("F", 0.92, 0.04)]
    [InlineData("S4", 0.92, 0.03)]
    public void Drain_StallingProcesses_IsNotLedAstray(string name, double efficiency, double waste)
    {
        var scenario = Scenarios.All.Single(candidate => candidate.Name == name) with { Noise = Noise.Stalling };

        foreach (var seed in Enumerable.Range(1, 30))
        {
            var figures = Drain.Run(scenario, seed, TimeSpan.FromHours(1));
            Assert.True(figures.Efficiency >= efficiency && figures.Waste <= waste, $"{name}, seed {seed}: {figures}");
        }
    }

    /// <summary>The API's windows go by its clock and nobody says so: the first burst lies anywhere in them, and may lie across two.</summary>
    [Theory]
    [InlineData(100_000)]
    [InlineData(400_000)]
    [InlineData(500_000)]
    [InlineData(600_000)]
    [InlineData(750_000)]
    [InlineData(900_000)]
    public void Drain_StartedAnywhereInAWindowOfTheClock_LosesAWindowAtMost(long intoTheWindow)
    {
        var scenario = Scenarios.All.Single(candidate => candidate.Name == "A");

        foreach (var (seed, noise) in Enumerable.Range(1, 5).SelectMany(seed => new[] { (seed, Noise.None), (seed, Noise.Crowded) }))
        {
            var figures = Drain.Run(scenario with { Start = scenario.Start + intoTheWindow, Noise = noise }, seed, TimeSpan.FromHours(1));
            Assert.True(figures.Efficiency >= 0.92 && figures.Waste <= 0.005, $"{intoTheWindow} µs, seed {seed}, {noise}: {figures}");
        }
    }

    [Fact]
    public void Drain_TwoTenants_ShareByWeightWhileBothHaveWork()
    {
        var scenario = Scenarios.All.Single(candidate => candidate.Name == "K");

        Assert.All(Enumerable.Range(1, 5), seed => Assert.InRange(Drain.Run(scenario, seed, TimeSpan.FromMinutes(10)).Jain, 0.99, 1));
    }

    [Fact]
    public void Drain_SameSeed_SameFigures()
    {
        var scenario = Scenarios.All.Single(candidate => candidate.Name == "B");

        Assert.Equal(Drain.Run(scenario, 7, TimeSpan.FromMinutes(10)), Drain.Run(scenario, 7, TimeSpan.FromMinutes(10)));
    }
}
