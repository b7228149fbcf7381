using ApiPoc.Domain.Throttling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.Redis.Throttling;

/// <summary>Connects and sends the script before the first request needs them, for that would not fit into its time-out.</summary>
internal sealed class RedisAdmissionWarmUp(IServiceProvider services) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Resolved here and not injected: connecting blocks, and must not hold up the start.
            await services.GetRequiredService<RedisAdmission>().AdmitAsync([], 0, stoppingToken);
        }
        catch (Exception failure) when (failure is AdmissionUnavailableException || RedisFailure.IsUnavailable(failure))
        {
            // Redis is down at start: the health check says so, and the connection keeps trying.
        }
    }
}
