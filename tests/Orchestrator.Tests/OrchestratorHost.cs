using System.Net.Http.Json;
using System.Text.Json;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Events;
using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;
using ApiPoc.Messaging.Jobs;
using ApiPoc.Orchestrator.Apis;
using ApiPoc.Orchestrator.Rehearsing;
using ApiPoc.Orchestrator.Status;
using ApiPoc.Redis.Breaker;
using ApiPoc.Redis.Jobs;
using ApiPoc.Redis.Quotas;
using ApiPoc.ServiceDefaults;
using ApiPoc.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator.Tests;

/// <summary>An orchestrator on real Redis and a real queue. Its events are kept instead of sent.</summary>
public sealed class OrchestratorHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OrchestratorHost(WebApplication app, RecordedEvents events, RecordedLogs logs) => (_app, Events, Logs) = (app, events, logs);

    public RecordedEvents Events { get; }

    public RecordedLogs Logs { get; }

    public IJobLedger Ledger => _app.Services.GetRequiredService<IJobLedger>();

    public BreakerGate Breaker => _app.Services.GetRequiredService<BreakerGate>();

    public HttpClient Http => field ??= new() { BaseAddress = new(_app.Urls.Single()) };

    /// <summary>Starts one; with <paramref name="quota"/> in the place of the real engine, if given.</summary>
    internal static async Task<OrchestratorHost> StartAsync(IReadOnlyDictionary<string, string?> settings, OpenQuotaEngine? quota)
    {
        var (events, logs) = (new RecordedEvents(), new RecordedLogs());
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.AddRedisClient("redis");
        builder.Services.AddSingleton<IThrottleEvents>(events);
        if (quota is not null)
            builder.Services.AddSingleton<IQuotaEngine>(quota);
        builder.AddJobQueue();
        builder.AddBreaker();
        builder.AddJobLedger();
        builder.AddQuotaEngine();
        builder.AddApis();
        builder.AddOrchestrator();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapStatus();
        await app.StartAsync();
        return new(app, events, logs);
    }

    public BreakerTimes Times(string apiId) => BreakerTimes.Of(_app.Services.GetRequiredService<IOptions<ApisOptions>>().Value[apiId]);

    /// <summary>What <c>GET /status</c> says of the one API.</summary>
    public async Task<StatusSeen> StatusAsync()
    {
        var status = await Http.GetFromJsonAsync<JsonElement>("status");
        var api = status.GetProperty("apis").EnumerateArray().Single();
        return new(
            api.GetProperty("breaker").GetProperty("state").GetString()!, api.GetProperty("jobs_in_hand").GetInt32(),
            api.GetProperty("in_flight").GetInt32(), api.GetProperty("waiting_for").GetString()!,
            api.GetProperty("waiting_until").Deserialize<DateTimeOffset?>());
    }

    /// <summary>Rehearses as at its start, but without giving it up on a busy machine.</summary>
    public Task RehearseAsync() => ActivatorUtilities.CreateInstance<DispatchRehearsal>(_app.Services).RunAsync(CancellationToken.None);

    /// <summary>Stops it as SIGTERM does, and waits.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>One API of <c>GET /status</c>.</summary>
public sealed record StatusSeen(string State, int JobsInHand, int InFlight, string WaitingFor, DateTimeOffset? WaitingUntil);
