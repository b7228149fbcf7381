using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Throttling;
using ApiPoc.ExternalApi.Admin;
using ApiPoc.ExternalApi.Quotas;

namespace ApiPoc.ExternalApi.Faults;

/// <summary>Calls in bursts with somebody's API key until its burst is over or refused, as a careless colleague would.</summary>
internal sealed class OtherClient(LiveSwitch<FaultOptions> faults, QuotaCheck quotas, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var current = faults.Current.OtherClient;
            await BurstAsync(current, stoppingToken);
            await Task.Delay(current.Every, clock, stoppingToken);
        }
    }

    private async Task BurstAsync(OtherClientOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var path = ResourcePath.Parse(options.Path)!;
            for (int call = 0; call < options.Calls; call++)
            {
                if (!(await quotas.ChargeAsync(path, options.ApiKey, cancellationToken)).Decision.IsAdmitted)
                    return;
            }
        }
        catch (AdmissionUnavailableException)
        {
            // As its calls would be answered 503; the next burst tries again.
        }
    }
}
