namespace ApiPoc.Domain.Quotas;

/// <summary>Waits until a call's moment, never less: a call that leaves before it may be refused.</summary>
public static class FullDelay
{
    /// <summary>Waits at least as long as asked, by elapsed time, and by the machine's clock hardly longer; not at all for zero or less.</summary>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public static async Task DelayFullyAsync(this TimeProvider clock, TimeSpan time, CancellationToken cancellationToken)
    {
        // Timers count whole milliseconds and may end a part of one early.
        long startedAt = clock.GetTimestamp();
        for (var left = time; left > TimeSpan.Zero; left = time - clock.GetElapsedTime(startedAt))
        {
            if (clock == TimeProvider.System) await Alarm.Shared.WaitAsync(left, cancellationToken);
            else await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), clock, cancellationToken);
        }
    }
}
