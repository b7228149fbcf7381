using ApiPoc.Domain.Quotas;

namespace ApiPoc.Resilience.Quotas;

/// <summary>Waits for a permit's moment.</summary>
internal static class PermitMoment
{
    public static async Task WaitForMomentAsync(this TimeProvider clock, Permit permit, CancellationToken cancellationToken)
    {
        // Timers count whole milliseconds and may end a part of one early; a call that leaves before its moment may be refused.
        for (var left = permit.NotBefore - clock.GetUtcNow(); left > TimeSpan.Zero; left = permit.NotBefore - clock.GetUtcNow())
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), clock, cancellationToken);
    }
}
