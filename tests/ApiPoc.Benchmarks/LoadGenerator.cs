using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace ApiPoc.Benchmarks;

/// <summary>
/// Sends one request over and over on kept-alive connections, each waiting for its answer (a closed loop), or paced to a rate. Small on
/// purpose: it shares the machine with what it measures.
/// </summary>
internal sealed class LoadGenerator(int port, string path, string headers)
{
    private readonly byte[] _request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");

    /// <summary>Runs <paramref name="connections"/> for <paramref name="time"/>.</summary>
    /// <param name="connections">How many connections.</param>
    /// <param name="time">How long.</param>
    /// <param name="pause">How long a connection rests between requests; zero for as fast as it can.</param>
    public async Task<LoadFigures> RunAsync(int connections, TimeSpan time, TimeSpan pause = default)
    {
        long startedAt = Stopwatch.GetTimestamp();
        var runs = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => RunConnectionAsync(startedAt, time, pause))));
        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        double[] latencies = [.. runs.SelectMany(run => run.Latencies).Order()];
        return new LoadFigures(runs.Sum(run => run.Ok), runs.Sum(run => run.Refused), runs.Sum(run => run.Other), elapsed, At(latencies, 0.5), At(latencies, 0.99));
    }

    private async Task<ConnectionRun> RunConnectionAsync(long startedAt, TimeSpan time, TimeSpan pause)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port);
        byte[] buffer = new byte[64 * 1024];
        var run = new ConnectionRun();
        while (Stopwatch.GetElapsedTime(startedAt) < time)
        {
            long sentAt = Stopwatch.GetTimestamp();
            await socket.SendAsync(_request);
            run.Count(await AnswerReader.ReadStatusAsync(socket, buffer));
            run.Latencies.Add(Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds);
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, TimeProvider.System);
        }
        return run;
    }

    private static double At(double[] sorted, double part) => sorted.Length == 0 ? 0 : sorted[(int)((sorted.Length - 1) * part)];

    private sealed class ConnectionRun
    {
        public List<double> Latencies { get; } = [];

        public int Ok { get; private set; }

        public int Refused { get; private set; }

        public int Other { get; private set; }

        public void Count(int status)
        {
            switch (status)
            {
                case >= 200 and < 300:
                    Ok++;
                    break;
                case 429:
                    Refused++;
                    break;
                default:
                    Other++;
                    break;
            }
        }
    }
}

/// <summary>What a run of the load generator measured; latencies in milliseconds.</summary>
internal sealed record LoadFigures(int Ok, int Refused, int Other, TimeSpan Elapsed, double P50, double P99)
{
    public int Total => Ok + Refused + Other;

    public double PerSecond => Total / Elapsed.TotalSeconds;
}
