using ApiPoc.Simulation;

namespace ApiPoc.Benchmarks.Draining.Judging;

/// <summary>How evenly a drain went: among tenants by weight where there are several, otherwise among those who called.</summary>
internal static class Fairness
{
    /// <summary>Jain's index of accepted calls.</summary>
    public static double Of(Scenario scenario, IReadOnlyList<Call> accepted)
    {
        if (scenario.Weights.Count > 1)
            return JainIndex.OfTenants(scenario, accepted.OrderBy(call => call.At).Select(call => JobNames.Number(call.Job)));
        double[] shares = [.. accepted.GroupBy(call => call.Caller).Select(calls => (double)calls.Count())];
        return JainIndex.Of([.. shares, .. Enumerable.Repeat(0.0, Math.Max(0, scenario.Processes - shares.Length))]);
    }
}
