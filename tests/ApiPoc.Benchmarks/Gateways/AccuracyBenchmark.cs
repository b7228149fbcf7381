using System.Globalization;
using System.Text;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks.Gateways;

/// <summary>
/// What several gateways admit together: under three times a plan's rate never more than the plan gives and nearly all of it; of a quota
/// that is smaller than the load exactly all of it.
/// </summary>
internal static class AccuracyBenchmark
{
    private const int Gateways = 4;
    private const int Connections = 8;
    private const double Rate = 200;
    private const long Burst = 400;
    private const long Quota = 50_000;
    private const double LeastShare = 0.995;
    private const string KeyedPath = "/_aws/execute-api/api/s/keyed/x";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan QuotaTime = TimeSpan.FromSeconds(15);
    private static readonly string KeyHeader = $"x-api-key: {BenchmarkDefinition.Key}\r\n";

    /// <summary>Runs and prints what was admitted.</summary>
    /// <returns>0 when the plan and the quota were kept and used.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var time = TimeSpan.FromSeconds(arguments is [var seconds] ? double.Parse(seconds, CultureInfo.InvariantCulture) : 60);
        // Each connection's pace makes all of them together three times the plan's rate.
        var pause = TimeSpan.FromSeconds(Gateways * Connections / (3 * Rate));
        bool isRateKept = await RunAsync(BenchmarkDefinition.Write(backend: null, Rate, Burst), time, pause, JudgeRate);
        bool isQuotaKept = await RunAsync(BenchmarkDefinition.Write(backend: null, rate: 1_000_000, burst: 1_000_000, Quota), QuotaTime, TimeSpan.Zero, JudgeQuota);
        return isRateKept && isQuotaKept ? 0 : 1;
    }

    private static async Task<bool> RunAsync(string definition, TimeSpan time, TimeSpan pause, Func<LoadFigures[], string, bool> judge)
    {
        await using var redis = await RedisServer.StartAsync();
        var servers = new List<ServerProcess>();
        var loads = new List<LoadGenerator>();
        string last = "";
        for (int gateway = 0; gateway < Gateways; gateway++)
        {
            int port = FreePort.Next();
            servers.Add(await ServerProcess.StartServiceAsync("Gateway", port, BenchmarkDefinition.Environment(definition, redis.ConnectionString, port)));
            loads.Add(new LoadGenerator(port, KeyedPath, KeyHeader));
            last = $"http://127.0.0.1:{port}{KeyedPath}";
            // A path without the plan: the first calls of a process are slow, and a bucket that waits for them full gains nothing.
            await new LoadGenerator(port, "/_aws/execute-api/api/s/cached/x", "").RunAsync(Connections, WarmUp);
        }

        var figures = await Task.WhenAll(loads.Select(load => load.RunAsync(Connections, time, pause)));
        bool isKept = judge(figures, await AskAsync(last)) && figures.All(figure => figure.Other == 0);
        foreach (var server in servers)
            await server.DisposeAsync();
        return isKept;
    }

    private static async Task<string> AskAsync(string address)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("x-api-key", BenchmarkDefinition.Key);
        using var answer = await client.GetAsync(address);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }

    private static bool JudgeRate(LoadFigures[] figures, string after)
    {
        double elapsed = figures.Max(figure => figure.Elapsed.TotalSeconds);
        double allowed = Burst + (Rate * elapsed);
        int admitted = figures.Sum(figure => figure.Ok);
        Console.WriteLine(Describe(figures, $"a plan of {Rate}/s and burst {Burst}: {admitted} admitted of {allowed:0} ({admitted / allowed:P2})"));
        return admitted <= allowed && admitted >= LeastShare * allowed;
    }

    private static bool JudgeQuota(LoadFigures[] figures, string after)
    {
        int admitted = figures.Sum(figure => figure.Ok);
        Console.WriteLine(Describe(figures, $"a quota of {Quota}: {admitted} admitted; then {after}"));
        return admitted == Quota && after == """429 {"message":"Limit Exceeded"}""";
    }

    private static string Describe(LoadFigures[] figures, FormattableString what) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"{Gateways} gateways, {figures.Max(figure => figure.Elapsed.TotalSeconds):0.0} s, {figures.Sum(figure => figure.Total)} requests on ")
        .Append(what.ToString(CultureInfo.InvariantCulture))
        .Append(CultureInfo.InvariantCulture, $"; {figures.Sum(figure => figure.Refused)} refused, {figures.Sum(figure => figure.Other)} others")
        .ToString();
}
