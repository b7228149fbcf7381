using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using ApiPoc.Simulation;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks.Draining.Consuming;

/// <summary>The consumer as it is in production: workers and orchestrators as processes of their own on Redis and SQS.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(60);
    private readonly List<ServerProcess> _workers = [];
    private readonly List<ServerProcess> _orchestrators = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly List<ServerProcess> _killed = [];
    private TimeSpan _usedByKilled;
    private Uri _status = null!;

    private Fleet()
    {
    }

    /// <summary>Processor time of all workers and orchestrators; for a killed one what it had used.</summary>
    public TimeSpan ProcessorTime => _usedByKilled + TimeSpan.FromTicks(_workers.Concat(_orchestrators).Sum(process => process.ProcessorTime.Ticks));

    /// <summary>Starts workers, then orchestrators, and waits until they are ready.</summary>
    public static async Task<Fleet> StartAsync(ConsumerSettings settings, int workers, int orchestrators)
    {
        var fleet = new Fleet();
        try
        {
            int[] ports = [.. Enumerable.Range(0, workers).Select(_ => FreePort.Next())];
            fleet._workers.AddRange(await Task.WhenAll(ports.Select((port, index) =>
                ServerProcess.StartServiceAsync("Worker", port, settings.For($"worker-{index + 1}", port, ports)))));
            await Task.WhenAll(ports.Select(port => fleet.WaitAsync(new Uri($"http://127.0.0.1:{port}"))));
            for (int index = 0; index < orchestrators; index++)
            {
                int port = FreePort.Next();
                fleet._orchestrators.Add(await ServerProcess.StartServiceAsync("Orchestrator", port, settings.For($"orchestrator-{index + 1}", port, ports)));
                fleet._status = new Uri($"http://127.0.0.1:{port}");
                await fleet.WaitAsync(fleet._status);
            }
            return fleet._workers.Concat(fleet._orchestrators).All(process => process.IsRunning)
                ? fleet
                : throw new InvalidOperationException("A process ended as soon as it had started: its port was taken, or see its log.");
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Results recorded so far, by the ledger all processes share.</summary>
    public async Task<int> RecordedAsync() =>
        (await _http.GetFromJsonAsync<JsonElement>(new Uri(_status, "/results"))).GetProperty("recorded").GetInt32();

    /// <summary>Waits until so many results are recorded, or no longer.</summary>
    /// <returns>How many are.</returns>
    public async Task<int> WaitForRecordedAsync(int jobs, TimeSpan atMost)
    {
        long startedAt = Stopwatch.GetTimestamp();
        int recorded;
        while ((recorded = await RecordedAsync()) < jobs && Stopwatch.GetElapsedTime(startedAt) < atMost)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        return recorded;
    }

    /// <summary>kill -9 of one process; never of the orchestrator that is asked for results.</summary>
    public void Kill(CrashVictim role)
    {
        var (processes, victim) = role is CrashVictim.Worker ? (_workers, _workers[^1]) : (_orchestrators, _orchestrators[0]);
        _usedByKilled += victim.ProcessorTime;
        victim.Kill();
        processes.Remove(victim);
        _killed.Add(victim);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // What they hold is thrown away with their Redis and queues: nobody waits for their orderly end.
        foreach (var process in _orchestrators.Concat(_workers))
            process.Kill();
        foreach (var process in _orchestrators.Concat(_workers).Concat(_killed))
            await process.DisposeAsync();
        _http.Dispose();
    }

    private async Task WaitAsync(Uri service)
    {
        using var budget = new CancellationTokenSource(Budget);
        while (true)
        {
            using var answer = await _http.GetAsync(new Uri(service, "/ready"), budget.Token);
            if (answer.IsSuccessStatusCode)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, budget.Token);
        }
    }
}
