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
    [InlineData("J-orchestrator", 0.95, 0.001)]
    [InlineData("K", 0.99, 0.001)]
    [InlineData("tenants", 0.99, 0.001)]
    [InlineData("tenants-backlog", 0.98, 0.002)]
    [InlineData("tenants-told-more", 0.97, 0.01)]
    [InlineData("tenants-all-told-more", 0.97, 0.01)]
    [InlineData("S1", 0.98, 0.001)]
    [InlineData("S2", 0.98, 0.001)]
    [InlineData("S3", 0.95, 0.02)]
    [InlineData("S4", 0.95, 0.02)]
    [InlineData("S5", 0.95, 0.01)]
    [InlineData("S6", 0.95, 0.001)]
    [InlineData("told-by-policy", 0.95, 0.001)]
    [InlineData("37/1.7s", 0.99, 0.005)]
    [InlineData("37/1.7s-150ms", 0.99, 0.005)]
    [InlineData("used-up", 0.97, 0.01)]
    [InlineData("used-up-told", 0.97, 0.01)]
    [InlineData("used-in-part", 0.95, 0.01)]
    [InlineData("told-size-37/1.7s", 0.97, 0.005)]
    [InlineData("told-size-50/1s", 0.98, 0.002)]
    [InlineData("told-size-100/10s", 0.99, 0.002)]
    [InlineData("told-size-clock", 0.98, 0.002)]
    [InlineData("bucket", 0.97, 0.01)]
    [InlineData("sliding-unknown", 0.95, 0.02)]
    [InlineData("bucket-unknown", 0.95, 0.12)]
    [InlineData("50/1s-5ms", 0.99, 0.001)]
    public void Drain_Scenario_ReachesItsFigures(string name, double efficiency, double waste) =>
        AssertFigures(Named(name), seeds: 3, efficiency, waste);

    /// <summary>Four processes ask for permits and report what became of them.</summary>
    [Theory]
    [InlineData("A", 0.15)]
    [InlineData("B", 0.15)]
    [InlineData("D", 0.15)]
    [InlineData("E", 0.15)]
    [InlineData("F", 0.2)]
    [InlineData("G", 0.35)] // a window's first answer tells what others have left of it
    [InlineData("S5", 0.25)]
    public void Drain_TripsToTheStore_AreFew(string name, double perJob)
    {
        var scenario = Named(name);

        Assert.All(Enumerable.Range(1, 3), seed => Assert.InRange(Drain.Run(scenario, seed, TimeSpan.FromMinutes(10)).StoreTrips / (double)scenario.Jobs, 0, perJob));
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
    [InlineData("used-up", 0.93)]
    [InlineData("used-in-part", 0.93)]
    [InlineData("told-size-37/1.7s", 0.96)]
    [InlineData("told-size-50/1s", 0.95)]
    [InlineData("H", 0.95)]
    [InlineData("tenants", 0.92)] // one seed in ten loses a window, which is 5 %
    [InlineData("tenants-told-more", 0.92)]
    public void Drain_CrowdedMachines_LosesLittle(string name, double efficiency) =>
        AssertFigures(Named(name) with { Noise = Noise.Crowded }, seeds: 5, efficiency, waste: 0.06);

    /// <summary>Processes that stand still for a quarter of a second send whole bursts late: what these teach must not be believed for ever.</summary>
    [Theory]
    [InlineData("A", 0.94, 0.01)]
    [InlineData("B", 0.88, 0.03)]
    [InlineData("D", 0.93, 0.035)] // a few calls too few in the first windows are one more window at the end: 4 %; one seed of thirty is refused 3 %, on average it is 0.7 %
    [InlineData("E-mid", 0.84, 0.14)] // in one seed of thirty the search is led astray, and the rate is approached from below: 87 % with 13 % refused; the others reach 95 %
    [InlineData("F", 0.92, 0.04)]
    [InlineData("S4", 0.92, 0.03)]
    public void Drain_StallingProcesses_IsNotLedAstray(string name, double efficiency, double waste) =>
        AssertFigures(Named(name) with { Noise = Noise.Stalling }, seeds: 30, efficiency, waste);

    /// <summary>Somebody's clock is set by a tenth of a second: a whole burst comes before its window has opened, which says nothing of the size.</summary>
    [Theory]
    [InlineData("A", 0.97, 0.06)]
    [InlineData("A-first-use", 0.92, 0.06)] // in one seed of six the size comes out one too small: a window more at the end
    [InlineData("D", 0.97, 0.06)]
    [InlineData("I", 0.99, 0.26)] // a burst is a third of its sixty jobs
    [InlineData("K", 0.97, 0.06)]
    [InlineData("S1", 0.97, 0.06)]
    [InlineData("50/1s-5ms", 0.78, 0.11)] // 80 % in one seed, where refusals are taken for tests that failed; the others stay above 93 %
    public void Drain_ClockIsSet_CostsABurst(string name, double efficiency, double waste) =>
        AssertFigures(Named(name) with { ClockStep = (5_000_000, 90_000) }, seeds: 6, efficiency, waste);

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
        var scenario = Named("A");

        foreach (var noise in new[] { Noise.None, Noise.Crowded })
            AssertFigures(scenario with { Start = scenario.Start + intoTheWindow, Noise = noise }, seeds: 5, efficiency: 0.92, waste: 0.005);
    }

    /// <summary>
    /// Windows that go by a clock nobody told of: each is taken to open a little later than the one before, until the next has opened in its midst. What
    /// is then accepted beyond the size must not be taken for a larger one.
    /// </summary>
    [Theory]
    [InlineData("E-clock")]
    [InlineData("E-mid")]
    [InlineData("D")]
    public void Drain_ForSixMinutes_WindowsDriftPastTheClocks_LosesLittle(string name)
    {
        foreach (var noise in new[] { Noise.None, Noise.Crowded })
            AssertFigures(Named(name) with { Jobs = 20_000, Noise = noise }, seeds: 3, efficiency: 0.92, waste: 0.03);
    }

    /// <summary>Allowed less than was declared, and begun so late in a window that what its first burst could use lies in two: the size is found by the next.</summary>
    [Theory]
    [InlineData(850_000)]
    [InlineData(900_000)]
    [InlineData(925_000)]
    [InlineData(950_000)]
    public void Drain_ToldMoreAndStartedLateInAWindow_LosesAWindowAtMost(long intoTheWindow) =>
        AssertFigures(Named("D") with { Start = 1_000_000_000 + intoTheWindow }, seeds: 10, efficiency: 0.945, waste: 0.015);

    [Fact]
    public void Drain_TwoTenants_ShareByWeightWhileBothHaveWork()
    {
        var scenario = Named("K");

        Assert.All(Enumerable.Range(1, 5), seed => Assert.InRange(Drain.Run(scenario, seed, TimeSpan.FromMinutes(10)).Jain, 0.99, 1));
    }

    [Fact]
    public void Drain_SameSeed_SameFigures()
    {
        var scenario = Named("B");

        Assert.Equal(Drain.Run(scenario, 7, TimeSpan.FromMinutes(10)), Drain.Run(scenario, 7, TimeSpan.FromMinutes(10)));
    }

    private static Scenario Named(string name) => Scenarios.All.Single(candidate => candidate.Name == name);

    private static void AssertFigures(Scenario scenario, int seeds, double efficiency, double waste)
    {
        foreach (var seed in Enumerable.Range(1, seeds))
        {
            var figures = Drain.Run(scenario, seed, TimeSpan.FromHours(1));
            Assert.Equal(scenario.Jobs, figures.Done);
            Assert.True(figures.Efficiency >= efficiency && figures.Waste <= waste, $"{scenario.Name} from {scenario.Start} µs, seed {seed}, {scenario.Noise}: {figures}");
        }
    }
}
