using ApiPoc.Orchestrator.Dispatching;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator.Lanes;

/// <summary>Runs every lane side by side. Stopping, it waits for what is in flight and hands back the rest.</summary>
internal sealed class LanesService(
    LaneSet lanes, LaneRunner runner, Flights flights, HandBack handBack, IOptions<OrchestratorOptions> options, TimeProvider clock,
    ILogger<LanesService> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(lanes.All.Select(lane => runner.RunAsync(lane, stoppingToken)));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var counts = lanes.All.Select(lane => lane.Counts).ToArray();
        logger.Stopping(counts.Sum(count => count.InFlight), counts.Sum(count => count.Waiting));

        await HandBackWaitingAsync();
        await WaitForFlightsAsync(cancellationToken);
        await HandBackWaitingAsync(); // what landed with nothing done

        var left = lanes.All.SelectMany(lane => lane.All()).ToArray();
        if (left.Length > 0)
            logger.HandedBackInFlight(left.Length);
        await handBack.AllAsync(left, TimeSpan.Zero);
    }

    private Task HandBackWaitingAsync() => handBack.AllAsync(lanes.All.SelectMany(lane => lane.LetGoOfWaiting()), TimeSpan.Zero);

    private async Task WaitForFlightsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await flights.AllLandedAsync().WaitAsync(options.Value.FinishWithin, clock, cancellationToken);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            // They are handed back; a worker that still completes one has its result recorded all the same.
        }
    }
}
