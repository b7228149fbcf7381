using ApiPoc.Simulation;

namespace ApiPoc.Benchmarks.Draining.Judging;

/// <summary>What the referee's record says of a drain.</summary>
/// <param name="Efficiency">Optimal time ÷ time from the first call's arrival to the last accepted call's answer; 0 when jobs are missing.</param>
/// <param name="Waste">Refused ÷ all calls.</param>
/// <param name="Makespan">The time taken.</param>
/// <param name="Optimal">The least time the quota allowed.</param>
/// <param name="Calls">All calls.</param>
/// <param name="Refused">Those answered 429.</param>
/// <param name="Late">Refused calls that arrived more than 50 ms after an earlier refusal had been answered, with none accepted between.</param>
/// <param name="Missing">Jobs without an accepted call.</param>
/// <param name="Repeated">Accepted calls beyond a job's first.</param>
/// <param name="Jain">Jain's index of fairness over callers' accepted calls, or over tenants by weight where there are several.</param>
/// <param name="P99Wait">The 99th percentile of the time from the first call to a job's accepted one.</param>
internal sealed record Verdict(
    double Efficiency, double Waste, TimeSpan Makespan, TimeSpan Optimal, int Calls, int Refused, int Late, int Missing, int Repeated, double Jain, TimeSpan P99Wait)
{
    private const long Notice = 50_000;

    /// <summary>Judges a record.</summary>
    /// <param name="calls">Every call.</param>
    /// <param name="scenario">What was drained.</param>
    /// <param name="optimalTime">The least time, in µs.</param>
    public static Verdict Of(IReadOnlyList<Call> calls, Scenario scenario, double optimalTime)
    {
        Call[] accepted = [.. calls.Where(call => call.IsAccepted && call.AnsweredAt is not null).DistinctBy(call => call.Job)];
        long start = calls.Count > 0 ? calls[0].At : 0;
        // A call repeated for a job counts too: the first one's caller was killed before it could record the result.
        double taken = accepted.Length > 0 ? calls.Max(call => call.IsAccepted ? call.AnsweredAt ?? start : start) - start : 0;
        int refused = calls.Count(call => !call.IsAccepted);
        long[] waits = [.. accepted.Select(call => call.At - start).Order()];
        return new Verdict(
            accepted.Length == scenario.Jobs ? optimalTime / taken : 0,
            refused / (double)Math.Max(1, calls.Count),
            TimeSpan.FromMicroseconds(taken),
            TimeSpan.FromMicroseconds(optimalTime),
            calls.Count,
            refused,
            LateCalls(calls),
            scenario.Jobs - accepted.Length,
            calls.Count(call => call.IsAccepted) - accepted.Length,
            Fairness.Of(scenario, accepted),
            waits.Length > 0 ? TimeSpan.FromMicroseconds(waits[(int)((waits.Length - 1) * 0.99)]) : TimeSpan.Zero);
    }

    private static int LateCalls(IReadOnlyList<Call> calls)
    {
        int late = 0;
        long? refusedAt = null;
        foreach (var call in calls)
        {
            if (call.IsAccepted)
                refusedAt = null;
            else if (refusedAt is { } known && call.At > known + Notice)
                late++;
            else
                refusedAt ??= call.AnsweredAt;
        }
        return late;
    }
}
