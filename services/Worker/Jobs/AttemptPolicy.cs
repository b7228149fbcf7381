using ApiPoc.Domain.Apis;
using Microsoft.Extensions.Options;

namespace ApiPoc.Worker.Jobs;

/// <summary>What is configured of attempts.</summary>
internal sealed class AttemptPolicy(IOptions<ApisOptions> apis, IOptions<WorkerOptions> options)
{
    public ApiOptions Api(string apiId) => apis.Value[apiId];

    /// <summary>How long an attempt may take, whose call is to be sent in a while, before another may begin.</summary>
    public TimeSpan Lease(string apiId, TimeSpan startIn) => startIn + Api(apiId).Timeout + options.Value.LeaseMargin;

    /// <summary>How long a job is held back after its n-th failure.</summary>
    public TimeSpan DelayAfter(int attempts)
    {
        double doubled = options.Value.RetryDelay.TotalMilliseconds * Math.Pow(2, attempts - 1);
        return TimeSpan.FromMilliseconds(Math.Min(doubled, options.Value.MaxRetryDelay.TotalMilliseconds));
    }
}
