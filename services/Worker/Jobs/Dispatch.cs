using ApiPoc.Domain.Jobs;

namespace ApiPoc.Worker.Jobs;

/// <summary>What an orchestrator says beside the job.</summary>
/// <param name="ArrivedAt">When the request arrived.</param>
/// <param name="StartIn">How long after that the call may be sent, at most <see cref="MaxStartIn"/>.</param>
/// <param name="Epoch">The breaker's epoch the call is sent under; null when the caller does not know it.</param>
/// <param name="IsProbe">Whether the call is the breaker's probe.</param>
internal sealed record Dispatch(DateTimeOffset ArrivedAt, TimeSpan StartIn, long? Epoch, bool IsProbe)
{
    /// <summary>A job that must wait longer is not to be dispatched yet.</summary>
    public static readonly TimeSpan MaxStartIn = TimeSpan.FromSeconds(30);

    /// <summary>Reads the headers; a malformed one is as good as absent.</summary>
    public static Dispatch Read(IHeaderDictionary headers, DateTimeOffset now)
    {
        double startInMs = Math.Clamp(Number(headers, DispatchHeaders.StartInMs) ?? 0, 0, MaxStartIn.TotalMilliseconds);
        long? epoch = Number(headers, DispatchHeaders.BreakerEpoch);
        bool isProbe = epoch is not null && headers[DispatchHeaders.Probe] == "1";
        return new(now, TimeSpan.FromMilliseconds(startInMs), epoch, isProbe);
    }

    /// <summary>How long the call must still wait; no longer than was asked, should the clock be set back meanwhile.</summary>
    public TimeSpan LeftAt(DateTimeOffset now)
    {
        var left = ArrivedAt + StartIn - now;
        return left < StartIn ? left : StartIn;
    }

    private static long? Number(IHeaderDictionary headers, string name) => long.TryParse(headers[name], out long number) ? number : null;
}
