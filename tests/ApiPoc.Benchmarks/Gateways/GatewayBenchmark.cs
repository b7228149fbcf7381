using System.Globalization;
using System.Text;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks.Gateways;

/// <summary>
/// The gateway with key, plan, quota and stage throttle in front of the emulator, beside the same forward without a gateway, behind ASP.NET
/// Core's rate limiter and in nginx: one load generator, one run, one table.
/// </summary>
internal static class GatewayBenchmark
{
    private const int Connections = 16;
    private const string Path = "/survey/1";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly string KeyHeader = $"x-api-key: {BenchmarkDefinition.Key}\r\n";

    /// <summary>Runs and prints the table.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var time = TimeSpan.FromSeconds(arguments is [var seconds] ? double.Parse(seconds, CultureInfo.InvariantCulture) : 8);
        await using var redis = await RedisServer.StartAsync();
        int backendPort = FreePort.Next();
        await using var backend = await ServerProcess.StartServiceAsync("ExternalApi", backendPort, EmulatorEnvironment(redis, backendPort));
        string address = $"http://127.0.0.1:{backendPort}";
        // All contestants meet the emulator warm.
        await new LoadGenerator(backendPort, Path, KeyHeader).RunAsync(Connections, WarmUp);
        var rows = new List<Row>
        {
            await MeasureRoleAsync("bare Kestrel forward", "bare", address, time),
            await MeasureRoleAsync("ASP.NET Core rate limiter + forward", "limiter", address, time),
            await MeasureGatewayAsync("gateway: key + plan + quota + stage", $"/_aws/execute-api/api/s/keyed{Path}", redis, address, time),
            await MeasureGatewayAsync("gateway: cached", $"/_aws/execute-api/api/s/cached{Path}", redis, address, time),
        };
        if (NginxServer.IsInstalled)
        {
            rows.Add(await MeasureNginxAsync("nginx limit_req + proxy", "", address, time));
            rows.Add(await MeasureNginxAsync("nginx proxy_cache", "/cached", address, time));
        }
        Console.WriteLine(Table(rows));
        return rows.Exists(row => row.Figures.Other > 0) ? 1 : 0;
    }

    private static (string Key, string Value)[] EmulatorEnvironment(RedisServer redis, int port) =>
    [
        ("ASPNETCORE_ENVIRONMENT", "Development"),
        ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"),
        ("ConnectionStrings__redis", redis.ConnectionString),
        ("Quotas__Policy", "unlimited"),
        ("Quotas__Policies__unlimited__Api__0__Count", "1000000000"),
        ("Quotas__Policies__unlimited__Api__0__Period", "1.00:00:00"),
        ("OTEL_SDK_DISABLED", "true"),
    ];

    private static async Task<Row> MeasureRoleAsync(string name, string role, string backend, TimeSpan time)
    {
        int port = FreePort.Next();
        await using var server = await ServerProcess.StartRoleAsync(role, port, backend);
        return await MeasureAsync(name, server, port, Path, time);
    }

    private static async Task<Row> MeasureGatewayAsync(string name, string path, RedisServer redis, string backend, TimeSpan time)
    {
        int port = FreePort.Next();
        string definition = BenchmarkDefinition.Write(backend, rate: 1_000_000, burst: 1_000_000);
        await using var server = await ServerProcess.StartServiceAsync("Gateway", port, BenchmarkDefinition.Environment(definition, redis.ConnectionString, port));
        return await MeasureAsync(name, server, port, path, time);
    }

    private static async Task<Row> MeasureNginxAsync(string name, string prefix, string backend, TimeSpan time)
    {
        int port = FreePort.Next();
        await using var server = await NginxServer.StartAsync(port, backend);
        return await MeasureAsync(name, server, port, prefix + Path, time);
    }

    private static async Task<Row> MeasureAsync(string name, ServerProcess server, int port, string path, TimeSpan time)
    {
        var load = new LoadGenerator(port, path, KeyHeader);
        // What is compiled and connected once is not what is compared.
        await load.RunAsync(Connections, WarmUp);
        var before = server.ProcessorTime;
        var figures = await load.RunAsync(Connections, time);
        return new Row(name, figures, (server.ProcessorTime - before).TotalMicroseconds / figures.Total);
    }

    private static string Table(List<Row> rows)
    {
        var table = new StringBuilder("| contestant | requests/s | beside the bare forward | p50 ms | p99 ms | CPU µs/request |\n|---|---:|---:|---:|---:|---:|\n");
        foreach (var row in rows)
        {
            double ratio = row.Figures.PerSecond / rows[0].Figures.PerSecond;
            table.AppendLine(CultureInfo.InvariantCulture, $"| {row.Name} | {row.Figures.PerSecond:0} | {ratio:0.00} | {row.Figures.P50:0.00} | {row.Figures.P99:0.00} | {row.CpuMicroseconds:0} |");
        }
        return table.ToString();
    }

    private sealed record Row(string Name, LoadFigures Figures, double CpuMicroseconds);
}
