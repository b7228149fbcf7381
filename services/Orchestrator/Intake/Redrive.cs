using ApiPoc.Domain.Jobs;

namespace ApiPoc.Orchestrator.Intake;

/// <summary>Lets a job be tried anew whose message somebody moved from the dead-letter queue back: the ledger has it as given up.</summary>
internal sealed class Redrive(IJobLedger ledger, ILogger<Redrive> logger)
{
    /// <returns>Whether its attempts may begin; false when the ledger did not answer.</returns>
    public async Task<bool> IsReadyAsync(QueuedMessage message, Job job)
    {
        if (!message.IsRedriven)
            return true;
        try
        {
            // The queue gives a moved message a new id, and keeps it however often it delivers it.
            if (await ledger.ReopenAsync(job.JobId, message.MessageId, CancellationToken.None))
                logger.Reopened(job.JobId);
            return true;
        }
        catch (JobLedgerUnavailableException trouble)
        {
            logger.NotReopened(job.JobId, trouble.Message);
            return false;
        }
    }
}
