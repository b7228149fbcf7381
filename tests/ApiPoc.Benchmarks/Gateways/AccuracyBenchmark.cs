using System.Globalization;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks.Gateways;

/// <summary>What several gateways admit together under three times a plan's rate: never more than the plan gives, and nearly all of it.</summary>
internal static class AccuracyBenchmark
{
    private const int Gateways = 4;
    private const int Connections = 8;
    private const double Rate = 200;
    private const long Burst = 400;
    private const double LeastShare = 0.995;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>Runs and prints what was admitted.</summary>
    /// <returns>0 when the plan was kept and used.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var time = TimeSpan.FromSeconds(arguments is [var seconds] ? double.Parse(seconds, CultureInfo.InvariantCulture) : 60);
        await using var redis = await RedisServer.StartAsync();
        string definition = BenchmarkDefinition.Write(backend: null, Rate, Burst);
        var servers = new List<ServerProcess>();
        var loads = new List<LoadGenerator>();
        for (int gateway = 0; gateway < Gateways; gateway++)
        {
            int port = FreePort.Next();
            servers.Add(await ServerProcess.StartServiceAsync("Gateway", port, BenchmarkDefinition.Environment(definition, redis.ConnectionString, port)));
            loads.Add(new LoadGenerator(port, "/_aws/execute-api/api/s/keyed/x", $"x-api-key: {BenchmarkDefinition.Key}\r\n"));
            // A path without the plan: the first calls of a process are slow, and a bucket that waits for them full gains nothing.
            await new LoadGenerator(port, "/_aws/execute-api/api/s/cached/x", "").RunAsync(Connections, WarmUp);
        }

        // Each connection's pace makes all of them together three times the plan's rate.
        var pause = TimeSpan.FromSeconds(Gateways * Connections / (3 * Rate));
        var figures = await Task.WhenAll(loads.Select(load => load.RunAsync(Connections, time, pause)));
        foreach (var server in servers)
            await server.DisposeAsync();
        return Judge(figures);
    }

    private static int Judge(LoadFigures[] figures)
    {
        double elapsed = figures.Max(figure => figure.Elapsed.TotalSeconds);
        int admitted = figures.Sum(figure => figure.Ok);
        double allowed = Burst + (Rate * elapsed);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Gateways} gateways, {elapsed:0.0} s, {figures.Sum(figure => figure.Total)} requests: {admitted} admitted of {allowed:0} ({admitted / allowed:P2}), "
            + $"{figures.Sum(figure => figure.Refused)} refused, {figures.Sum(figure => figure.Other)} others"));
        return admitted <= allowed && admitted >= LeastShare * allowed && figures.All(figure => figure.Other == 0) ? 0 : 1;
    }
}
