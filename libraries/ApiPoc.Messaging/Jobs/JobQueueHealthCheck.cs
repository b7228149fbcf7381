using ApiPoc.Domain.Jobs;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ApiPoc.Messaging.Jobs;

/// <summary>Healthy when the queue of jobs and its dead-letter queue answer.</summary>
internal sealed class JobQueueHealthCheck(IJobQueue queue) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await queue.GetDepthAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (JobQueueUnavailableException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
    }
}
