namespace ApiPoc.Simulation;

/// <summary>Jain's index of fairness: 1 when all got the same for their weight, 1/n when one of n got everything.</summary>
public static class JainIndex
{
    /// <summary>(Σx)² ÷ (n·Σx²) of what each got.</summary>
    public static double Of(IReadOnlyCollection<double> shares)
    {
        var squares = shares.Sum(share => share * share);
        return squares > 0 ? Math.Pow(shares.Sum(), 2) / (shares.Count * squares) : 1;
    }

    /// <summary>Of tenants by weight, at the moment when half the jobs of the smallest were done: until then all had work.</summary>
    /// <param name="scenario">The tenants.</param>
    /// <param name="jobs">The jobs in the order they were done.</param>
    public static double OfTenants(Scenario scenario, IEnumerable<int> jobs)
    {
        var backlogs = Enumerable.Range(0, scenario.Jobs).GroupBy(scenario.Tenant).ToDictionary(tenant => tenant.Key, tenant => tenant.Count());
        var smallest = backlogs.MinBy(tenant => tenant.Value).Key;
        var done = backlogs.Keys.ToDictionary(tenant => tenant, _ => 0.0);
        foreach (var tenant in jobs.Select(scenario.Tenant))
        {
            done[tenant]++;
            if (tenant == smallest && done[tenant] * 2 >= backlogs[tenant]) break;
        }

        return Of([.. done.Select(tenant => tenant.Value / scenario.Weights.GetValueOrDefault(tenant.Key, 1))]);
    }
}
