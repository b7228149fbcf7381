using System.Net.Http.Json;
using System.Text.Json;
using ApiPoc.Domain.Jobs;
using ApiPoc.Testing;

namespace ApiPoc.Worker.Tests;

public sealed class JobReplyTests
{
    [Fact]
    public async Task WhatTheCallTaught_IsToldBeforeTheResultIsWritten()
    {
        await using var server = await RedisServer.StartAsync();
        await using var worker = await WorkerHost.StartAsync(server, ("JobLedger:Budget", "00:00:30"));
        worker.Api.Answer = async context =>
        {
            server.Pause();
            await StubApi.Json(200, "{}", "X-RateLimit-Remaining: 7")(context);
        };

        using var answer = await worker.OpenAsync(JsonSerializer.Serialize(worker.Job()));
        var call = CallEvidence.Read(answer.Headers.GetValues(DispatchHeaders.Call).Single())!;
        var reading = answer.Content.ReadFromJsonAsync<JobOutcome>();
        bool isKnown = reading.IsCompleted;
        server.Resume();
        var outcome = (await reading)!;

        Assert.Equal((200, 7L, false), (call.Status, call.Quota.Remaining, isKnown));
        Assert.Equal((JobOutcomeKind.Completed, true), (outcome.Kind, outcome.IsCallSent));
    }

    [Fact]
    public async Task ApiWithHundredsOfPolicies_IsReadAsFarAsAnybodyWould()
    {
        await using var server = await RedisServer.StartAsync();
        await using var worker = await WorkerHost.StartAsync(server, ("Api:TrustHeaders", "All"));
        string policies = string.Join(", ", Enumerable.Range(0, 600).Select(number => $"\"policy-{number}\";q={number + 1};w=60"));
        worker.Api.Answer = StubApi.Json(200, "{}", $"RateLimit-Policy: {policies}", "RateLimit: \"policy-0\";r=1;t=9");

        var outcome = await worker.SendAsync(worker.Job());

        Assert.Equal(JobOutcomeKind.Completed, outcome.Kind);
        Assert.Equal((1L, 16), (worker.LastCall!.Quota.Remaining, worker.LastCall.Quota.Policies.Count));
    }
}
