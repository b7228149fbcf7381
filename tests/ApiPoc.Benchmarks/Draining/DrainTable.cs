using System.Globalization;
using ApiPoc.Benchmarks.Draining.Judging;

namespace ApiPoc.Benchmarks.Draining;

/// <summary>The table of a run: printed line by line, and saved below artifacts/benchmarks.</summary>
internal sealed class DrainTable
{
    private const string Head =
        "| scenario | consumer | efficiency | waste | seconds | from submit | least | calls | 429 | late | lost | repeated | Jain | p99 wait s | scripts/job | quota/job | commands/job | publishes/job | CPU s | load |\n"
        + "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|";

    private readonly List<string> _lines = [];

    public DrainTable(string command)
    {
        Print($"`{command}`, {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} processors, .NET {Environment.Version}");
        Print("");
        Print(Head);
    }

    /// <summary>Adds and prints one row.</summary>
    public void Add(DrainRow row)
    {
        var verdict = row.Verdict;
        double jobs = row.Scenario.Jobs;
        Print(string.Create(
            CultureInfo.InvariantCulture,
            $"| {row.Scenario.Name} | {row.Consumer} | {verdict.Efficiency:P2} | {verdict.Waste:P2} | {verdict.Makespan.TotalSeconds:0.00} | {row.SinceSubmit.TotalSeconds:0.00} | {verdict.Optimal.TotalSeconds:0.00} "
            + $"| {verdict.Calls} | {verdict.Refused} | {verdict.Late} | {row.Lost} | {verdict.Repeated} | {verdict.Jain:0.000} | {verdict.P99Wait.TotalSeconds:0.0} "
            + $"| {row.Redis.Scripts / jobs:0.00} | {row.QuotaScripts / jobs:0.00} | {row.Redis.All / jobs:0.0} | {row.Redis.Published / jobs:0.00} | {row.ProcessorTime.TotalSeconds:0.0} | {MachineLoad.Now} |"));
    }

    /// <summary>Writes the table to a file.</summary>
    /// <returns>Where.</returns>
    public string Save()
    {
        string path = Path.Combine(CallRecord.Folder, $"drain-{TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}.md");
        File.WriteAllLines(path, _lines);
        return path;
    }

    private void Print(string line)
    {
        _lines.Add(line);
        Console.WriteLine(line);
    }
}
