using ApiPoc.Redis;
using Microsoft.Extensions.Options;

namespace ApiPoc.Gateway.Alarms;

/// <summary>Adds samples up and judges alarms, over and over. Nothing of it stands in a call's way.</summary>
internal sealed class AlarmService(AlarmRecorder recorder, AlarmJudge judge, TimeProvider clock, IOptions<AlarmOptions> options, ILogger<AlarmService> logger) : BackgroundService
{
    private bool _isReachable = true;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await JudgeAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task JudgeAsync()
    {
        try
        {
            foreach (var series in recorder.Series)
                await judge.JudgeAsync(series);
            _isReachable = true;
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            if (_isReachable)
                logger.AlarmsUnreachable(failure.Message);
            _isReachable = false;
        }
    }
}
