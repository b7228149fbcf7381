using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;
using ApiPoc.Orchestrator.Dispatching;
using ApiPoc.Redis.Quotas;
using ApiPoc.ServiceDefaults.Rehearsing;

namespace ApiPoc.Orchestrator.Rehearsing;

/// <summary>Goes through asking for permits, giving orders and hearing what calls taught: on a quota of its own, and with an order no worker carries out.</summary>
internal sealed class DispatchRehearsal(QuotaRehearsal quota, WorkerClient workers) : IRehearsal
{
    private static readonly string Evidence = new CallEvidence(SentAt: 0, AnsweredAt: 0, Status: 200, QuotaHeaders.None).Write();

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(quota.RunAsync(IRehearsal.Rounds, cancellationToken), OrderAsync(cancellationToken));

    private async Task OrderAsync(CancellationToken cancellationToken)
    {
        for (int round = 0; round < IRehearsal.Rounds; round++)
        {
            await workers.RehearseAsync(cancellationToken);
            CallEvidence.Read(Evidence);
        }
    }
}
