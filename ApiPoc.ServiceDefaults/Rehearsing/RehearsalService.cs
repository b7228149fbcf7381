using System.Runtime;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ApiPoc.ServiceDefaults.Rehearsing;

/// <summary>
/// Runs the rehearsal when all else has started, waits until the runtime has compiled what came of it, and gives up after ten seconds; until
/// then the process is not ready.
/// </summary>
internal sealed class RehearsalService(IRehearsal rehearsal, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<RehearsalService> logger)
    : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(10);

    /// <summary>Twice as long as the runtime waits for calm before it compiles for good what was called often.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(200);

    private volatile bool _isOver;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isOver ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("rehearsing"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        try
        {
            await StartedAsync(stoppingToken);
            await RunAsync(patience.Token).WaitAsync(AtMost, clock, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception trouble)
        {
            logger.RehearsalGivenUp(trouble.Message);
            await patience.CancelAsync();
        }

        _isOver = true;
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await rehearsal.RunAsync(cancellationToken);
        for (long compiled = 0; compiled < JitInfo.GetCompiledMethodCount();)
        {
            compiled = JitInfo.GetCompiledMethodCount();
            await Task.Delay(Calm, clock, cancellationToken);
        }
    }

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }
}
