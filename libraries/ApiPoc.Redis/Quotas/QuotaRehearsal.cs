using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Redis.Quotas;

/// <summary>Asks for permits of a quota nobody else knows and tells what became of them, so that the first real ask finds all of it compiled.</summary>
public sealed class QuotaRehearsal
{
    private const int Calls = 10;
    private static readonly ApiOptions Api = new() { Limits = [new() { Count = 1_000, Period = TimeSpan.FromSeconds(1) }] };
    private readonly QuotaStore _store;
    private readonly SharedQuotas _quotas;

    internal QuotaRehearsal(QuotaStore store, SharedQuotas quotas) => (_store, _quotas) = (store, quotas);

    /// <summary>Runs it.</summary>
    /// <param name="rounds">How often to ask.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="QuotaUnavailableException">Redis did not answer.</exception>
    public async Task RunAsync(int rounds, CancellationToken cancellationToken)
    {
        string name = $"rehearsal-{Guid.NewGuid():N}";
        PermitRequest[] requests = [.. Enumerable.Range(0, Calls).Select(number => new PermitRequest($"{number}", name, ""))];
        using var quota = _quotas.Open(name, Api);
        try
        {
            for (int round = 0; round < rounds; round++)
            {
                var answer = await quota.AskAsync(requests, cancellationToken);
                long now = _store.Clock.Now;
                foreach (var grant in answer.Grants)
                    quota.Add(new QuotaReport(grant.PermitId, now, now + 1_000, 200, QuotaHeaders.None), atMost: TimeSpan.Zero);
            }
        }
        finally
        {
            await _store.DeleteAsync(name);
        }
    }
}
