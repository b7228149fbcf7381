using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Events;
using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;
using ApiPoc.Redis.Breaker;
using ApiPoc.Redis.Jobs;
using ApiPoc.Redis.Quotas;
using ApiPoc.ServiceDefaults;
using ApiPoc.Testing;
using ApiPoc.Worker.Apis;
using ApiPoc.Worker.Jobs;
using ApiPoc.Worker.Rehearsing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Worker.Tests;

/// <summary>A worker on real Kestrel and real Redis, before an API that answers as the test says. Its events are kept instead of sent.</summary>
public sealed class WorkerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private WorkerHost(WebApplication app, StubApi api, RecordedEvents events, RecordedLogs logs, string apiId)
    {
        (_app, Api, Events, Logs, ApiId) = (app, api, events, logs, apiId);
        _client = new HttpClient { BaseAddress = new(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(30) };
    }

    public string ApiId { get; }

    public StubApi Api { get; }

    public RecordedEvents Events { get; }

    public RecordedLogs Logs { get; }

    public IJobLedger Ledger => _app.Services.GetRequiredService<IJobLedger>();

    public ISharedClock SharedClock => _app.Services.GetRequiredService<ISharedClock>();

    /// <summary>A moment that is so far off, as a header tells it.</summary>
    public string In(TimeSpan time) => (SharedClock.Now + (long)time.TotalMicroseconds).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public IQuotaEngine Quota => _app.Services.GetRequiredService<IQuotaEngine>();

    public BreakerGate Breaker => _app.Services.GetRequiredService<BreakerGate>();

    public BreakerTimes Times => BreakerTimes.Of(_app.Services.GetRequiredService<IOptions<ApisOptions>>().Value[ApiId]);

    /// <summary>Starts a worker for an API of its own; settings below the API are given as <c>Api:…</c>.</summary>
    public static Task<WorkerHost> StartAsync(RedisServer redis, params (string Key, string Value)[] settings) =>
        StartAsync(redis, _ => { }, settings);

    /// <summary>The same, with more than every worker here has.</summary>
    public static async Task<WorkerHost> StartAsync(RedisServer redis, Action<WebApplicationBuilder> extend, params (string Key, string Value)[] settings)
    {
        string apiId = $"API_{Guid.NewGuid():N}";
        var api = await StubApi.StartAsync();
        var (events, logs) = (new RecordedEvents(), new RecordedLogs());

        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        var configured = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (key, value) in Defaults(redis, api).Concat(settings))
            configured[key.Replace("Api:", $"Apis:{apiId}:", StringComparison.Ordinal)] = value;
        builder.Configuration.AddInMemoryCollection(configured);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.AddRedisClient("redis");
        builder.Services.AddSingleton<IThrottleEvents>(events);
        builder.AddBreaker();
        builder.AddJobLedger();
        builder.AddQuotaEngine();
        builder.AddApis();
        builder.AddJobs();
        extend(builder);

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapJobs();
        await app.StartAsync();
        return new(app, api, events, logs, apiId);
    }

    public Job Job(string operation = JobOperation.NewSurveys, string resource = "survey/1") =>
        new() { JobId = $"job-{Guid.NewGuid():N}", Operation = operation, ApiId = ApiId, Resource = resource };

    /// <summary>What the last call taught; kept apart from the outcomes, for its times differ with every run.</summary>
    public CallEvidence? LastCall { get; private set; }

    public Task<JobOutcome> SendAsync(Job job, params (string Name, string Value)[] headers) =>
        SendAsync(JsonSerializer.Serialize(job), headers);

    public async Task<JobOutcome> SendAsync(string body, params (string Name, string Value)[] headers)
    {
        using var response = await OpenAsync(body, headers);
        var outcome = (await response.Content.ReadFromJsonAsync<JobOutcome>())!;
        LastCall = response.Headers.TryGetValues(DispatchHeaders.Call, out var call) ? CallEvidence.Read(call.Single()) : null;
        return outcome;
    }

    /// <summary>Hands a job in, and waits for the headers of the answer alone.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "jobs") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return (await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
    }

    /// <summary>What the ledger has of a job, as a person with redis-cli sees it.</summary>
    public async Task<string?> LedgerFieldAsync(Job job, string field)
    {
        var redis = _app.Services.GetRequiredService<IConnectionMultiplexer>();
        return await redis.GetDatabase().HashGetAsync($"{{jobs}}:job:{job.JobId}", field);
    }

    /// <summary>Whether calls of the API were counted for its breaker, over all processes.</summary>
    public Task<bool> AreCallsCountedAsync() =>
        _app.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().KeyExistsAsync($"{{{ApiId}:state}}:calls");

    /// <summary>Rehearses as at its start, but without giving it up on a busy machine.</summary>
    public Task RehearseAsync() => _app.Services.GetRequiredService<AttemptRehearsal>().RunAsync(CancellationToken.None);

    /// <summary>Asks the process to stop, as SIGTERM does.</summary>
    public void BeginStop() => _app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    /// <summary>Stops as SIGTERM does, to the end.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await Api.DisposeAsync();
    }

    private static IEnumerable<(string Key, string Value)> Defaults(RedisServer redis, StubApi api) =>
    [
        ("ConnectionStrings:redis", redis.ConnectionString),
        ("Api:BaseAddress", $"{api.Url}/dev"),
        ("Api:ApiKey", "SECRET-API-KEY"),
        ("Api:HealthPath", "health"),
        ("Api:Timeout", "00:00:10"),
        ("Worker:RetryDelay", "00:00:01"),
        ("BreakerStore:Budget", "00:00:05"),
        ("JobLedger:Budget", "00:00:05"),
    ];
}
