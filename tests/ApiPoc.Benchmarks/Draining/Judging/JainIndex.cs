using ApiPoc.Simulation;

namespace ApiPoc.Benchmarks.Draining.Judging;

/// <summary>Jain's index of fairness: 1 when all got the same for their weight, 1/n when one of n got everything.</summary>
internal static class JainIndex
{
    /// <summary>(Σx)² ÷ (n·Σx²).</summary>
    public static double Of(IReadOnlyCollection<double> shares)
    {
        double squares = shares.Sum(share => share * share);
        return squares > 0 ? Math.Pow(shares.Sum(), 2) / (shares.Count * squares) : 1;
    }

    /// <summary>
    /// How evenly a drain went: among workers over all of it, or among tenants by weight until half the jobs of the smallest of them were
    /// done, for as long as all had work.
    /// </summary>
    public static Func<IReadOnlyList<Call>, double> For(Scenario scenario, int workers) => scenario.Weights.Count > 1
        ? accepted => OfTenants(accepted, scenario)
        : accepted => OfWorkers(accepted, workers);

    private static double OfWorkers(IReadOnlyList<Call> accepted, int workers)
    {
        double[] shares = [.. accepted.GroupBy(call => call.Caller).Select(calls => (double)calls.Count())];
        return Of([.. shares, .. Enumerable.Repeat(0.0, Math.Max(0, workers - shares.Length))]);
    }

    private static double OfTenants(IReadOnlyList<Call> accepted, Scenario scenario)
    {
        var jobs = Enumerable.Range(0, scenario.Jobs).GroupBy(scenario.Tenant).ToDictionary(tenant => tenant.Key, tenant => tenant.Count());
        string smallest = jobs.MinBy(tenant => tenant.Value).Key;
        var done = jobs.Keys.ToDictionary(tenant => tenant, _ => 0.0);
        foreach (var call in accepted.OrderBy(call => call.At))
        {
            string tenant = scenario.Tenant(JobNames.Number(call.Job));
            done[tenant]++;
            if (tenant == smallest && done[tenant] * 2 >= jobs[tenant])
                break;
        }
        return Of([.. done.Select(tenant => tenant.Value / scenario.Weights.GetValueOrDefault(tenant.Key, 1))]);
    }
}
