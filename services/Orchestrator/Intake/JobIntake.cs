using ApiPoc.Domain.Jobs;
using ApiPoc.Orchestrator.Lanes;
using ApiPoc.Orchestrator.Runs;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator.Intake;

/// <summary>
/// Receives messages while any lane has room, and never more than that one has. What another lane then has no room for goes back, hidden
/// for a while; as long as nothing else comes, the intake slows down instead of turning the backlog over. Stopping, it lets the receive
/// under way come to its end: the queue would give messages to one that has been broken off as well, and hide them for nobody.
/// </summary>
internal sealed class JobIntake(
    IJobQueue queue, Sorter sorter, LaneSet lanes, RunTracker runs, IOptions<OrchestratorOptions> options, TimeProvider clock, ILogger<JobIntake> logger)
    : BackgroundService
{
    private const int MaxPerReceive = 10;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = new TurnAwayPause();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WaitForRoomAsync(stoppingToken);
                bool isUseful = await ReceiveAsync();
                await Task.Delay(pause.After(isUseful), clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (JobQueueUnavailableException trouble)
            {
                logger.QueueUnavailable(trouble.Message); // the queue's own client slows down
            }
            catch (Exception trouble)
            {
                logger.IntakeTroubled(trouble);
                await Task.Delay(PauseAfterTrouble, clock, stoppingToken);
            }
        }
    }

    private async Task WaitForRoomAsync(CancellationToken stopping)
    {
        while (lanes.Room == 0)
            await lanes.RoomChanged.WaitAsync(LongestSleep, other: null, stopping);
    }

    private async Task<bool> ReceiveAsync()
    {
        var settings = options.Value;
        var messages = await queue.ReceiveAsync(
            Math.Min(MaxPerReceive, lanes.Room), settings.LongPoll, settings.Visibility, CancellationToken.None);
        await runs.ReceivedAsync(messages.Count, CancellationToken.None);

        bool isUseful = messages.Count == 0;
        foreach (var message in messages)
            isUseful |= await sorter.SortAsync(message);
        return isUseful;
    }
}

/// <summary>How long to wait between receives: not at all while they bring what is wanted, ever longer while they only bring what is not.</summary>
internal sealed class TurnAwayPause
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private TimeSpan _next = First;

    public TimeSpan After(bool isUseful)
    {
        if (isUseful)
        {
            _next = First;
            return TimeSpan.Zero;
        }
        var pause = _next;
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return pause;
    }
}
