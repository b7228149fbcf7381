using ApiPoc.TaskMaster.Runs;
using Microsoft.Extensions.Options;

namespace ApiPoc.TaskMaster.Scheduling;

/// <summary>
/// Sends a run at each moment of each schedule. Moments that passed while no task master ran, or while the last run was still being
/// sent, are not made up for: however many there were, one run follows.
/// </summary>
internal sealed class Scheduler(IOptionsMonitor<SchedulesOptions> schedules, RunSender runs, TickClaim claim, TimeProvider clock, ILogger<Scheduler> logger)
    : BackgroundService
{
    // How soon a changed configuration, or a clock that was set, is noticed.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>When each enabled schedule fires next.</summary>
    public IEnumerable<(string Name, ScheduleOptions Options, DateTimeOffset? Next)> Upcoming(DateTimeOffset after) =>
        from schedule in schedules.CurrentValue
        where schedule.Value.Enabled
        select (schedule.Key, schedule.Value, Schedule.Parse(schedule.Value.Expression).NextAfter(after));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var checkedUntil = clock.GetUtcNow();
        while (true)
        {
            var now = clock.GetUtcNow();
            foreach (var (name, options, next) in Upcoming(checkedUntil))
            {
                if (next <= now)
                    await FireAsync(name, options, next.Value, stoppingToken);
            }

            checkedUntil = now;
            var soonest = Upcoming(now).Min(schedule => schedule.Next) ?? DateTimeOffset.MaxValue;
            await Task.Delay(Shorter(soonest - clock.GetUtcNow()), clock, stoppingToken);
        }
    }

    private async Task FireAsync(string name, ScheduleOptions options, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        try
        {
            // Ids that follow from the moment: should two task masters send the same run all the same, each job still counts once.
            if (await claim.TryTakeAsync(name, moment, cancellationToken))
                await runs.SendAsync($"{name}-{moment:yyyyMMdd'T'HHmm'Z'}", RunSource.Schedule, options.Jobs, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            SchedulingLog.RunNotSent(logger, name, moment, exception.Message);
        }
    }

    private static TimeSpan Shorter(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait;
}
