namespace ApiPoc.Domain.Quotas;

/// <summary>
/// Wakes those who wait for a moment within a millisecond after it. The runtime's timers go by the kernel's coarse clock, which on many
/// machines ticks every 4 ms only; a thread that sleeps wakes on time. It runs once somebody waits, and sleeps while nobody does.
/// </summary>
internal sealed class Alarm
{
    // A thread cannot sleep for months; it looks again meanwhile.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private readonly object _gate = new();

    private Alarm() => new Thread(Run) { IsBackground = true, Name = nameof(Alarm) }.Start();

    /// <summary>The process's.</summary>
    public static Alarm Shared { get; } = new();

    /// <summary>Completes when so much time has elapsed, never sooner.</summary>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var moment = _clock.GetTimestamp() + (long)Math.Ceiling(time.TotalSeconds * _clock.TimestampFrequency);
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue(waiter, moment);
            if (_waiting.Peek() == waiter) Monitor.Pulse(_gate);
        }

        return waiter.Task.WaitAsync(cancellationToken);
    }

    private void Run()
    {
        lock (_gate)
        {
            while (true)
            {
                var now = _clock.GetTimestamp();
                while (_waiting.TryPeek(out var waiter, out var moment) && moment <= now)
                {
                    _waiting.Dequeue();
                    waiter.TrySetResult();
                }

                if (_waiting.TryPeek(out _, out var next)) Monitor.Wait(_gate, Left(now, next));
                else Monitor.Wait(_gate);
            }
        }
    }

    private TimeSpan Left(long now, long moment)
    {
        var left = _clock.GetElapsedTime(now, moment);
        return left < LongestSleep ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : LongestSleep;
    }
}
