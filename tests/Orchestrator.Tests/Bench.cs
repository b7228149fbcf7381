using System.Text.Json;
using ApiPoc.Domain.Jobs;
using ApiPoc.Testing;

namespace ApiPoc.Orchestrator.Tests;

/// <summary>One test's own API, queues and worker, and the orchestrators it starts.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Backing _backing;
    private readonly List<OrchestratorHost> _orchestrators = [];

    private Bench(Backing backing, JobQueues queues, StubWorker worker) => (_backing, Queues, Worker) = (backing, queues, worker);

    public string ApiId { get; } = $"API_{Guid.NewGuid():N}";

    public JobQueues Queues { get; }

    public StubWorker Worker { get; }

    public OpenQuotaEngine Quota { get; } = new(TimeProvider.System);

    public static async Task<Bench> CreateAsync(Backing backing) =>
        new(backing, await backing.CreateQueuesAsync(), await StubWorker.StartAsync());

    /// <summary>Starts an orchestrator before the stub worker, with a quota engine that permits everything. <c>Api:…</c> are settings of its API.</summary>
    public Task<OrchestratorHost> StartAsync(params (string Key, string Value)[] settings) => StartAsync(Quota, settings);

    /// <summary>Starts an orchestrator with the real quota engine.</summary>
    public Task<OrchestratorHost> StartRealAsync(params (string Key, string Value)[] settings) => StartAsync(quota: null, settings);

    public Job Job(string? id = null, string resource = "survey/1") =>
        new() { JobId = id ?? $"job-{Guid.NewGuid():N}", Operation = JobOperation.NewSurveys, ApiId = ApiId, Resource = resource };

    public Job[] Jobs(int count) => [.. Enumerable.Range(0, count).Select(_ => Job())];

    /// <summary>The settings every process of this bench shares.</summary>
    public Dictionary<string, string?> Settings(params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>(_backing.Emulator.Settings, StringComparer.Ordinal)
        {
            ["ConnectionStrings:redis"] = _backing.Redis.ConnectionString,
            ["Messaging:JobQueue"] = Queues.Name,
            ["Messaging:JobDeadLetterQueue"] = Queues.DeadLetterName,
            ["services:worker:http:0"] = Worker.Url,
            ["Api:BaseAddress"] = "http://127.0.0.1:9",
            ["Api:HealthPath"] = "health",
            ["Api:Timeout"] = "00:00:05",
            ["Orchestrator:LongPoll"] = "00:00:01",
            ["Orchestrator:WorkerPause"] = "00:00:00.050",
            ["BreakerStore:Budget"] = "00:00:05",
            ["JobLedger:Budget"] = "00:00:05",
            ["QuotaStore:Budget"] = "00:00:05",
        };
        foreach (var (key, value) in more)
            settings[key] = value;
        return settings.ToDictionary(setting => setting.Key.Replace("Api:", $"Apis:{ApiId}:", StringComparison.Ordinal), setting => setting.Value);
    }

    /// <summary>Waits for what is about to come, and says what did not.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"Not within {Patience}: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }

    public static Task EventuallyAsync(Func<bool> condition, string what) => EventuallyAsync(() => Task.FromResult(condition()), what);

    public Task QueueIsEmptyAsync() => EventuallyAsync(async () => await Queues.CountAsync() == 0, "the queue is empty");

    public async Task<IReadOnlyList<ReceivedDeadLetter>> DeadLettersAsync(int count)
    {
        List<ReceivedDeadLetter> taken = [];
        await EventuallyAsync(
            async () =>
            {
                taken.AddRange(await Queues.TakeDeadLettersAsync());
                return taken.Count >= count;
            },
            $"{count} dead letters");
        return taken;
    }

    public static string IdOf(string body) => JsonSerializer.Deserialize<Job>(body)!.JobId;

    public async ValueTask DisposeAsync()
    {
        foreach (var orchestrator in _orchestrators)
            await orchestrator.DisposeAsync();
        await Worker.DisposeAsync();
    }

    private async Task<OrchestratorHost> StartAsync(OpenQuotaEngine? quota, (string Key, string Value)[] settings)
    {
        var orchestrator = await OrchestratorHost.StartAsync(Settings(settings), quota);
        _orchestrators.Add(orchestrator);
        return orchestrator;
    }
}
