using ApiPoc.Domain.Jobs;
using ApiPoc.Orchestrator.Lanes;

namespace ApiPoc.Orchestrator.Dispatching;

/// <summary>
/// Hands messages back to the queue. Not by sending them anew, which could lose or double them and would forget how often they came:
/// by hiding them for a time.
/// </summary>
internal sealed class HandBack(IJobQueue queue, ILogger<HandBack> logger)
{
    private const int AtOnce = 8;
    private static readonly TimeSpan LongestHidden = TimeSpan.FromHours(12) - TimeSpan.FromMinutes(1);

    public Task AllAsync(IEnumerable<HeldJob> jobs, TimeSpan hidden) => Parallel.ForEachAsync(
        jobs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (job, _) => await OneAsync(job.Message, hidden));

    /// <summary>Lets a message come again after a time; should that fail, it comes when its visibility ends.</summary>
    public async Task OneAsync(QueuedMessage message, TimeSpan hidden)
    {
        try
        {
            await queue.ChangeVisibilityAsync(message, hidden < LongestHidden ? hidden : LongestHidden, CancellationToken.None);
        }
        catch (JobQueueUnavailableException trouble)
        {
            logger.NotHandedBack(message.MessageId, trouble.Message);
        }
    }
}
