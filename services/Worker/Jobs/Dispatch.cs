using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Worker.Jobs;

/// <summary>What an orchestrator says beside the job.</summary>
/// <param name="StartAt">When the call may be sent, by the <see cref="ISharedClock"/> (µs); null for at once.</param>
/// <param name="Epoch">The breaker's epoch the call is sent under; null when the caller does not know it.</param>
/// <param name="IsProbe">Whether the call is the breaker's probe.</param>
internal sealed record Dispatch(long? StartAt, long? Epoch, bool IsProbe)
{
    /// <summary>A job that must wait longer is not to be dispatched yet.</summary>
    public static readonly TimeSpan MaxStartIn = TimeSpan.FromSeconds(30);

    /// <summary>Reads the headers; a malformed one is as good as absent.</summary>
    public static Dispatch Read(IHeaderDictionary headers)
    {
        long? epoch = Number(headers, DispatchHeaders.BreakerEpoch);
        bool isProbe = epoch is not null && headers[DispatchHeaders.Probe] == "1";
        return new(Number(headers, DispatchHeaders.StartAt), epoch, isProbe);
    }

    /// <summary>How long the call must still wait; at most <see cref="MaxStartIn"/>.</summary>
    public TimeSpan LeftAt(long now) => TimeSpan.FromMicroseconds(Math.Clamp((StartAt ?? now) - now, 0, MaxStartIn.TotalMicroseconds));

    /// <summary>Whether it is too late to send the call, as when the process stood still.</summary>
    public bool IsOverdueAt(long now) => now - (StartAt ?? now) > Permit.SendWithin.TotalMicroseconds;

    private static long? Number(IHeaderDictionary headers, string name) => long.TryParse(headers[name], out long number) ? number : null;
}
