using System.Net.Sockets;
using ApiPoc.ExternalApi.Admin;
using ApiPoc.ExternalApi.Answers;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ApiPoc.ExternalApi.Faults;

/// <summary>Misbehaves as the switch says.</summary>
internal sealed class FaultInjection(LiveSwitch<FaultOptions> faults, TimeProvider clock, Random random)
{
    private static readonly TimeSpan HangsAtMost = TimeSpan.FromMinutes(1);

    /// <summary>Waits for the latency in force.</summary>
    public Task DelayAsync(CancellationToken cancellationToken)
    {
        var current = faults.Current;
        var delay = current.Latency + current.Jitter * Draw();
        return delay > TimeSpan.Zero ? Task.Delay(delay, clock, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Draws whether this call fails; null when it is to be answered.</summary>
    public async Task<IResult?> InsteadOfAnswerAsync(HttpContext context)
    {
        var current = faults.Current;
        double drawn = Draw();
        if ((drawn -= current.ErrorRate) < 0)
            return new StatusAnswer(500, "injected error");
        if ((drawn -= current.GarbageRate) < 0)
            return TypedResults.Text("{\"data\":{\"data\":\"someth\u0000\u0001<html>", "application/json");
        if ((drawn -= current.ResetRate) < 0)
            return Reset(context);
        if (drawn - current.HangRate < 0)
            return await HangAsync(context);
        return null;
    }

    private static EmptyHttpResult Reset(HttpContext context)
    {
        // Closing without lingering sends RST instead of FIN.
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        context.Abort();
        return TypedResults.Empty;
    }

    private async Task<EmptyHttpResult> HangAsync(HttpContext context)
    {
        await Task.Delay(HangsAtMost, clock, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Reset(context);
    }

    private double Draw()
    {
        lock (random) return random.NextDouble();
    }
}
