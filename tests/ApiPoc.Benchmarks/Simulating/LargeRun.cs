using ApiPoc.Domain.Quotas;
using ApiPoc.Simulation;

namespace ApiPoc.Benchmarks.Simulating;

/// <summary>A month of quota: so many jobs through 1,400 calls an hour, of which at most 400 within a minute.</summary>
internal static class LargeRun
{
    private const long Minute = 60_000_000;
    private const long PerMinute = 400;
    private const long PerHour = 1_400;
    private const int JobsInHand = 1_000;

    /// <summary>The scenario for so many workers, who together hold a thousand jobs at most, and each at most 50.</summary>
    public static Scenario For(int jobs, int workers) => new()
    {
        Name = $"{jobs:N0} jobs, {workers:N0} workers",
        Declared =
        [
            new DeclaredLimit { Name = "minute", Count = PerMinute, Period = TimeSpan.FromMinutes(1) },
            new DeclaredLimit { Name = "hour", Count = PerHour, Period = TimeSpan.FromHours(1) },
        ],
        Referee = _ => new NestedReferee([(new ResourcePattern("**"), PerMinute, Minute), (new ResourcePattern("**"), PerHour, 60 * Minute)], OptimalTime),
        Jobs = jobs,
        Processes = workers,
        InHand = Math.Clamp(JobsInHand / workers, 1, 50),
    };

    // Whole hours, and within the last one whole minutes.
    private static double OptimalTime(int jobs)
    {
        long before = (jobs - 1) / PerHour;
        long within = (jobs - 1) % PerHour / PerMinute;
        return ((before * 60) + within) * Minute;
    }
}
