using ApiPoc.Domain.Quotas;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator.Dispatching;

/// <summary>Hands a job over shortly before its moment: soon enough to be there in time, not so soon that it occupies a worker's place.</summary>
internal sealed class DispatchClock(IOptions<OrchestratorOptions> options, TimeProvider clock)
{
    public async Task<CallOrder> WaitAsync(Permit permit, long epoch, bool isProbe)
    {
        var early = permit.NotBefore - clock.GetUtcNow() - options.Value.DispatchLead;
        if (early > TimeSpan.Zero)
            await Task.Delay(early, clock);

        var startIn = permit.NotBefore - clock.GetUtcNow();
        return new(epoch, permit.NotBefore, startIn > TimeSpan.Zero ? startIn : TimeSpan.Zero, isProbe);
    }
}
