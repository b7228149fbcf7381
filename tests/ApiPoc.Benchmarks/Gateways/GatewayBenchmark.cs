using System.Globalization;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks.Gateways;

/// <summary>
/// The gateway with key, plan, quota and stage throttle in front of the emulator, beside the same forward without a gateway, behind ASP.NET
/// Core's rate limiter and in nginx: one load generator, one run, one table. The contestants take turns, so that what else the machine does
/// meets all of them alike.
/// </summary>
internal static class GatewayBenchmark
{
    private const int Rounds = 5;
    private const string Path = "/survey/1";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(12);
    private static readonly string KeyHeader = $"x-api-key: {BenchmarkDefinition.Key}\r\n";

    /// <summary>How many connections keep each contestant busy.</summary>
    public const int Connections = 64;

    /// <summary>Runs and prints the table.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var time = TimeSpan.FromSeconds(arguments is [var seconds] ? double.Parse(seconds, CultureInfo.InvariantCulture) : 4);
        await using var redis = await RedisServer.StartAsync();
        int backendPort = FreePort.Next();
        await using var backend = await ServerProcess.StartServiceAsync("ExternalApi", backendPort, EmulatorEnvironment(redis, backendPort));
        var contestants = await StartAsync(redis, $"http://127.0.0.1:{backendPort}");
        var warm = GatewayTable.Empty(contestants);
        var rows = GatewayTable.Empty(contestants);

        // What is compiled and connected once is not what is compared, of the emulator and of each contestant.
        await MeasureAsync(contestants, warm, WarmUp);
        for (int round = 0; round < Rounds; round++)
            await MeasureAsync(contestants, rows, time);

        foreach (var server in contestants.Select(contestant => contestant.Server).Distinct())
            await server.DisposeAsync();
        Console.WriteLine(GatewayTable.Render(rows, time, Rounds));
        return rows.Exists(row => row.Rounds.Exists(round => round.Figures.Other > 0)) ? 1 : 0;
    }

    private static async Task<List<Contestant>> StartAsync(RedisServer redis, string backend)
    {
        int bare = FreePort.Next(), limiter = FreePort.Next(), gateway = FreePort.Next(), nginx = FreePort.Next();
        string definition = BenchmarkDefinition.Write(backend, rate: 1_000_000, burst: 1_000_000);
        var ours = await ServerProcess.StartServiceAsync("Gateway", gateway, BenchmarkDefinition.Environment(definition, redis.ConnectionString, gateway));
        var contestants = new List<Contestant>
        {
            new(GatewayTable.Bare, await ServerProcess.StartRoleAsync("bare", bare, backend), bare, Path),
            new("ASP.NET Core rate limiter + forward", await ServerProcess.StartRoleAsync("limiter", limiter, backend), limiter, Path),
            new(GatewayTable.Gateway, ours, gateway, $"/_aws/execute-api/api/s/keyed{Path}"),
            new(GatewayTable.GatewayCached, ours, gateway, $"/_aws/execute-api/api/s/cached{Path}"),
        };
        if (NginxServer.IsInstalled)
        {
            var server = await NginxServer.StartAsync(nginx, backend);
            contestants.Add(new(GatewayTable.NginxPlain, server, nginx, "/plain" + Path));
            contestants.Add(new(GatewayTable.NginxTuned, server, nginx, Path));
            contestants.Add(new(GatewayTable.NginxCached, server, nginx, "/cached" + Path));
        }
        return contestants;
    }

    private static (string Key, string Value)[] EmulatorEnvironment(RedisServer redis, int port) =>
    [
        ("ASPNETCORE_ENVIRONMENT", "Production"),
        ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"),
        ("ConnectionStrings__redis", redis.ConnectionString),
        ("Quotas__Policy", "unlimited"),
        ("Quotas__Policies__unlimited__Api__0__Count", "1000000000"),
        ("Quotas__Policies__unlimited__Api__0__Period", "1.00:00:00"),
    ];

    private static async Task MeasureAsync(List<Contestant> contestants, List<GatewayRow> rows, TimeSpan time)
    {
        foreach (var (contestant, row) in contestants.Zip(rows))
        {
            var before = contestant.Server.ProcessorTime;
            var figures = await new LoadGenerator(contestant.Port, contestant.Path, KeyHeader).RunAsync(Connections, time);
            row.Rounds.Add(new GatewayRound(figures, (contestant.Server.ProcessorTime - before).TotalMicroseconds / figures.Total));
        }
    }
}

/// <summary>One of those that are compared.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Server">Its process.</param>
/// <param name="Port">Where it listens.</param>
/// <param name="Path">The path that makes it forward, or answer from its cache.</param>
internal sealed record Contestant(string Name, ServerProcess Server, int Port, string Path);
