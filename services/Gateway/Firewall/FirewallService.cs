using ApiPoc.Gateway.Deployments;
using ApiPoc.Redis;

namespace ApiPoc.Gateway.Firewall;

/// <summary>Adds the rules' counts up, over and over. Nothing of it stands in a call's way.</summary>
internal sealed class FirewallService(DeploymentSource deployments, RedisRates rates, FirewallOptions options, TimeProvider clock, ILogger<FirewallService> logger) : BackgroundService
{
    private bool _isReachable = true;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await AddUpAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task AddUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var rule in deployments.Current.Stages.SelectMany(stage => stage.Firewall))
                await rates.AddUpAsync(rule, clock, cancellationToken);
            _isReachable = true;
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            // What was counted stays pending and is added when Redis is back.
            if (_isReachable)
                logger.RatesUnreachable(failure);
            _isReachable = false;
        }
    }
}
