using System.Collections.Concurrent;
using System.Text.Json;
using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ApiPoc.Orchestrator.Tests;

/// <summary>A worker that answers as a test says, on real Kestrel.</summary>
public sealed class StubWorker : IAsyncDisposable
{
    private readonly ConcurrentQueue<Invocation> _invocations = new();
    private readonly WebApplication _app;
    private int _rehearsals;

    private StubWorker(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        _app = builder.Build();
        _app.MapPost("/jobs", HandleAsync);
    }

    public string Url => _app.Urls.Single();

    /// <summary>What it answers; null drops the connection, as a process that dies does. At first every job is completed.</summary>
    public Func<Invocation, Task<JobOutcome?>> Answer { get; set; } = _ => Task.FromResult<JobOutcome?>(Completed);

    /// <summary>What it was asked to do, in order.</summary>
    public IReadOnlyList<Invocation> Invocations => [.. _invocations];

    public static JobOutcome Completed { get; } = Called(new() { Kind = JobOutcomeKind.Completed, StatusCode = 200, Attempts = 1 });

    /// <summary>How many jobs of no API it was handed.</summary>
    public int Rehearsals => Volatile.Read(ref _rehearsals);

    /// <summary>An outcome for which the API was called.</summary>
    public static JobOutcome Called(JobOutcome outcome) => outcome with { IsCallSent = true };

    public static async Task<StubWorker> StartAsync(string url = "http://127.0.0.1:0")
    {
        var worker = new StubWorker(url);
        await worker._app.StartAsync();
        return worker;
    }

    /// <summary>Listens no more.</summary>
    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var job = (await JsonSerializer.DeserializeAsync<Job>(context.Request.Body))!;
        if (job.ApiId.Length == 0 || job.ApiId.StartsWith("rehearsal", StringComparison.Ordinal))
        {
            // As a worker rejects a job of an API it does not know.
            Interlocked.Increment(ref _rehearsals);
            await context.Response.WriteAsJsonAsync(new JobOutcome { Kind = JobOutcomeKind.Rejected, Reason = DeadLetterReason.UnknownApi });
            return;
        }

        string? epoch = context.Request.Headers[DispatchHeaders.BreakerEpoch];
        var invocation = new Invocation(job, long.Parse(epoch!), context.Request.Headers[DispatchHeaders.Probe] == "1");
        _invocations.Enqueue(invocation);
        if (await Answer(invocation) is not { } outcome)
        {
            context.Abort();
            return;
        }
        if (outcome.IsCallSent)
            context.Response.Headers[DispatchHeaders.Call] = EvidenceOf(outcome).Write();
        await context.Response.WriteAsJsonAsync(outcome);
    }

    // Redis tells the same time as this machine, of which it is a process.
    private static CallEvidence EvidenceOf(JobOutcome outcome)
    {
        long now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        TimeSpan? retryAfter = outcome is { StatusCode: 429, RetryAfterMs: { } wait } ? TimeSpan.FromMilliseconds(wait) : null;
        return new(now - 1000, now, outcome.StatusCode, QuotaHeaders.None with { RetryAfter = retryAfter });
    }
}

/// <summary>What a worker was asked to do.</summary>
public sealed record Invocation(Job Job, long Epoch, bool IsProbe);
