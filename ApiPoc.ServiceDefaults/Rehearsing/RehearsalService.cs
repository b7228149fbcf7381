using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ApiPoc.ServiceDefaults.Rehearsing;

/// <summary>
/// Runs the rehearsal when all else has started, and gives it up after ten seconds; until then the process is not ready.
/// </summary>
internal sealed class RehearsalService(IRehearsal rehearsal, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<RehearsalService> logger)
    : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(10);

    private volatile bool _isOver;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isOver ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("rehearsing"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        try
        {
            await StartedAsync(stoppingToken);
            await rehearsal.RunAsync(patience.Token).WaitAsync(AtMost, clock, stoppingToken);
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

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }
}
