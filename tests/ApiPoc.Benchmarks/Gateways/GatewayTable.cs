using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ApiPoc.Benchmarks.Gateways;

/// <summary>The comparison as markdown: medians over the rounds; ratios are taken within each round, where the machine was the same to both.</summary>
internal static class GatewayTable
{
    public const string Bare = "bare Kestrel forward";
    public const string Gateway = "**gateway: key + plan + quota + stage throttle**";
    public const string GatewayCached = "**gateway: cached**";
    public const string NginxPlain = "nginx limit_req + proxy, as Debian configures it";
    public const string NginxTuned = "nginx limit_req + proxy, kept connections, no log";
    public const string NginxCached = "nginx proxy_cache, no log";

    /// <summary>The ratios that are aimed at.</summary>
    private static readonly (string Name, string Beside, double Least)[] Targets =
    [
        (Gateway, Bare, 0.6),
        (Gateway, NginxPlain, 1.0),
        (Gateway, NginxTuned, 1.0),
        (GatewayCached, NginxCached, 0.8),
    ];

    /// <summary>A row per contestant, without rounds.</summary>
    public static List<GatewayRow> Empty(IEnumerable<Contestant> contestants) => [.. contestants.Select(contestant => new GatewayRow(contestant.Name, []))];

    /// <summary>What was measured, where and with what, the table, and how far the targets are.</summary>
    public static string Render(List<GatewayRow> rows, TimeSpan time, int rounds)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores shared by all (load {MachineLoad.Now} at the end), {RuntimeInformation.FrameworkDescription}, {NginxServer.Version()}:");
        text.AppendLine(CultureInfo.InvariantCulture, $"{GatewayBenchmark.Connections} connections in a closed loop, {rounds} rounds of {time.TotalSeconds:0.#} s each in turn, medians.");
        text.AppendLine().AppendLine("| contestant | requests/s | p50 ms | p99 ms | CPU µs/request | others |").AppendLine("|---|---:|---:|---:|---:|---:|");
        foreach (var row in rows)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {row.Name} | {row.Median(round => round.Figures.PerSecond):0} | {row.Median(round => round.Figures.P50):0.0} | {row.Median(round => round.Figures.P99):0.0} | {row.Median(round => round.CpuMicroseconds):0} | {row.Rounds.Sum(round => round.Figures.Other)} |");
        }
        text.AppendLine().AppendLine("| throughput ratio | median | of the rounds | target |").AppendLine("|---|---:|---|---:|");
        foreach (var (name, beside, least) in Targets)
        {
            if (Ratios(rows, name, beside) is { Count: > 0 } ratios)
                text.AppendLine(CultureInfo.InvariantCulture, $"| {name.Trim('*')} ÷ {beside} | {Median(ratios):0.00} | {ratios.Min():0.00} to {ratios.Max():0.00} | {least:0.0} |");
        }
        return text.ToString();
    }

    /// <summary>The middle one of <paramref name="values"/>.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static List<double> Ratios(List<GatewayRow> rows, string name, string beside)
    {
        var (row, other) = (rows.Find(row => row.Name == name), rows.Find(row => row.Name == beside));
        return row is null || other is null ? [] : [.. row.Rounds.Zip(other.Rounds, (mine, its) => mine.Figures.PerSecond / its.Figures.PerSecond)];
    }
}

/// <summary>A contestant's rounds.</summary>
internal sealed record GatewayRow(string Name, List<GatewayRound> Rounds)
{
    public double Median(Func<GatewayRound, double> figure) => GatewayTable.Median(Rounds.Select(figure));
}

/// <summary>What one round measured.</summary>
/// <param name="Figures">By the load generator.</param>
/// <param name="CpuMicroseconds">The contestant's processor time per request.</param>
internal sealed record GatewayRound(LoadFigures Figures, double CpuMicroseconds);
