using System.Net;
using ApiPoc.ServiceDefaults.Rehearsing;
using ApiPoc.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ApiPoc.ServiceDefaults.Tests;

/// <summary>What a rehearsal means for a service's readiness. The clock stands still: nothing is given up because the machine is busy.</summary>
public sealed class RehearsalTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ManualTimeProvider _clock = new();
    private readonly RecordedLogs _logs = new();
    private readonly TaskCompletionSource _begun = new();
    private readonly TaskCompletionSource _end = new();
    private readonly WebApplication _app;
    private readonly HttpClient _client = new();

    public RehearsalTests()
    {
        var builder = LoopbackService.CreateBuilder();
        builder.Logging.ClearProviders().AddProvider(_logs);
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddSingleton(new Rehearsed(_begun, _end.Task));
        builder.AddRehearsal<Rehearsal>();
        _app = builder.Build();
        _app.MapDefaultEndpoints();
    }

    public Task InitializeAsync() => _app.StartAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Ready_WhileItRehearses_SaysNo()
    {
        await _begun.Task.WaitAsync(Patience);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync());

        _end.SetResult();

        await PassTimeUntilReadyAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task Rehearsal_Fails_SaysSoAndIsReady()
    {
        _end.SetException(new InvalidOperationException("no worker is there"));

        await PassTimeUntilReadyAsync(TimeSpan.Zero);
        Assert.Contains(_logs.Lines, line => line.Contains("given up", StringComparison.Ordinal) && line.Contains("no worker is there", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rehearsal_TakesTooLong_IsGivenUp()
    {
        await _begun.Task.WaitAsync(Patience);

        await PassTimeUntilReadyAsync(TimeSpan.FromSeconds(10));

        Assert.Contains(_logs.Lines, line => line.Contains("given up", StringComparison.Ordinal));
    }

    private Task PassTimeUntilReadyAsync(TimeSpan step) => Eventually.IsTrueAsync(
        async () =>
        {
            _clock.Advance(step);
            return await ReadyAsync() == HttpStatusCode.OK;
        },
        "it is ready");

    private async Task<HttpStatusCode> ReadyAsync()
    {
        using var answer = await _client.GetAsync(new Uri($"{_app.Urls.Single()}/ready"));
        return answer.StatusCode;
    }

    private sealed record Rehearsed(TaskCompletionSource Begun, Task End);

    private sealed class Rehearsal(Rehearsed rehearsed) : IRehearsal
    {
        public Task RunAsync(CancellationToken cancellationToken)
        {
            rehearsed.Begun.TrySetResult();
            return rehearsed.End;
        }
    }
}
