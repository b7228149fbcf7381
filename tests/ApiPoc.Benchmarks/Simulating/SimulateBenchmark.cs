using System.Diagnostics;
using System.Globalization;
using ApiPoc.Simulation;

namespace ApiPoc.Benchmarks.Simulating;

/// <summary>The production engine in virtual time: every scenario over many seeds, and a month of quota in seconds.</summary>
internal static class SimulateBenchmark
{
    private const string Head =
        "| scenario | seeds | efficiency mean | least | waste mean | most | lost | repeated | Jain least | p99 wait s | trips/job | virtual | took s |\n"
        + "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|";

    private static readonly int[] Fleets = [1, 10, 100, 1_000];

    /// <summary>Runs and prints the table.</summary>
    /// <returns>0 when no job was lost.</returns>
    public static int Run(string[] words)
    {
        if (SimulateArguments.Read(words) is not { } arguments)
            return Usage.Show();
        var chosen = Scenarios.All.Where(scenario => arguments.Scenarios.Count == 0 || arguments.Scenarios.Contains(scenario.Name)).ToList();
        if (chosen.Count < arguments.Scenarios.Count)
            return Usage.Show();

        Console.WriteLine($"`simulate {string.Join(' ', words)}`, {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} processors, .NET {Environment.Version}\n\n{Head}");
        bool isLossless = true;
        foreach (var scenario in chosen)
            isLossless &= Measure(scenario, arguments.Seeds);
        foreach (int workers in arguments.Jobs == 0 ? [] : arguments.Workers is { } one ? [one] : Fleets)
            isLossless &= Measure(LargeRun.For(arguments.Jobs, workers), seeds: 1);
        return isLossless ? 0 : 1;
    }

    private static bool Measure(Scenario scenario, int seeds)
    {
        long startedAt = Stopwatch.GetTimestamp();
        DrainFigures[] runs = [.. Enumerable.Range(1, seeds).AsParallel().Select(seed => Drain.Run(scenario, seed))];
        var took = Stopwatch.GetElapsedTime(startedAt);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {scenario.Name} | {seeds} | {runs.Average(run => run.Efficiency):P2} | {runs.Min(run => run.Efficiency):P2} | {runs.Average(run => run.Waste):P3} | {runs.Max(run => run.Waste):P3} "
            + $"| {runs.Sum(run => scenario.Jobs - run.Done)} | {runs.Sum(run => run.Repeated)} | {runs.Min(run => run.Jain):0.0000} | {runs.Average(run => run.P99Wait):0.0} "
            + $"| {runs.Average(run => run.StoreTrips) / scenario.Jobs:0.000} | {TimeSpan.FromSeconds(runs.Max(run => run.Seconds)):d\\.hh\\:mm\\:ss} | {took.TotalSeconds:0.0} |"));
        return Array.TrueForAll(runs, run => run.Done == scenario.Jobs);
    }
}
