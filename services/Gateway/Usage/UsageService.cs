using ApiPoc.Redis;

namespace ApiPoc.Gateway.Usage;

/// <summary>Adds daily counts up in Redis, over and over, and once more at the end.</summary>
internal sealed class UsageService(UsageRecorder recorder, RedisUsage usage, TimeProvider clock, ILogger<UsageService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await AddUpAsync();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await AddUpAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task AddUpAsync()
    {
        var counts = recorder.Take();
        if (counts.Count == 0)
            return;
        try
        {
            await usage.AddAsync(counts);
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            // Counted again rather than lost: what people look at may be a little high after an outage.
            recorder.PutBack(counts);
            logger.UsageUnreachable(failure.Message);
        }
    }
}
