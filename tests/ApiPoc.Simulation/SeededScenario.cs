using ApiPoc.Domain.Quotas;

namespace ApiPoc.Simulation;

/// <summary>A small random drain: the seed decides who throttles, what the consumer is told, and how the calls run.</summary>
/// <param name="Scenario">The drain.</param>
/// <param name="Period">The limit's period (µs).</param>
/// <param name="MostInPeriod">So many calls the limit lets through in any time of a period's length; a window and a bucket twice their size.</param>
/// <param name="IsTold">Whether the consumer is told anything of the limit.</param>
public sealed record SeededScenario(Scenario Scenario, long Period, int MostInPeriod, bool IsTold)
{
    /// <summary>The scenario of a seed, always the same.</summary>
    public static SeededScenario Of(int seed)
    {
        var random = new Random(seed);
        var size = random.Next(5, 61);
        var period = random.Next(4, 41) * 50_000L;
        var (shape, referee) = Shape(random, size, period);
        var (told, declared) = Knowledge(random, size, period);
        var crash = random.Next(8) == 0 ? new Crash(0.3, (CrashVictim)random.Next(2)) : null;
        var latency = random.Next(2_000, 120_000);
        var scenario = new Scenario
        {
            Name = $"seed {seed}: {shape} {size}/{period / 1000} ms, {told}",
            Referee = referee,
            Declared = declared,
            Jobs = random.Next(60, 201),
            Start = 1_000_000_000 + random.Next(0, 1_000_000),
            Processes = random.Next(crash is null ? 1 : 2, 7),
            InHand = random.Next(5, 51),
            Latency = (latency, latency * 3 / 2),
            Noise = random.Next(8) switch { 0 => Noise.Stalling, 1 => Noise.Crowded, _ => Noise.None },
            Crash = crash,
        };
        var seeded = new SeededScenario(scenario, period, shape is "sliding log" ? size : 2 * size, declared.Count > 0);
        return random.Next(6) == 0 ? WithATenantsLimit(seeded, size, period) : seeded;
    }

    /// <summary>Every fourth job is a tenant's that has a limit of its own, a third of everybody's.</summary>
    private static SeededScenario WithATenantsLimit(SeededScenario seeded, int size, long period)
    {
        var own = new DeclaredLimit { Name = "acme", Tenant = "acme", Count = Math.Max(1, size / 3), Period = TimeSpan.FromMicroseconds(period) };
        var everybodys = seeded.Scenario.Referee;
        static string Tenant(int job) => job % 4 == 0 ? "acme" : "others";
        return seeded with
        {
            Scenario = seeded.Scenario with
            {
                Name = $"{seeded.Scenario.Name}, a tenant's limit {own.Count}",
                Declared = [.. seeded.Scenario.Declared, own],
                Tenant = Tenant,
                Resource = job => $"{Tenant(job)}/items",
                Referee = random => new TenantReferee(everybodys(random), "acme/items", new WindowReferee(SizeOverTime.Constant(own.Count), period, false, RefereeHeaders.None)),
            },
        };
    }

    private static (string Name, Func<Random, Referee> Referee) Shape(Random random, int size, long period)
    {
        var constant = SizeOverTime.Constant(size);
        var headers = (RefereeHeaders)random.Next(4);
        return random.Next(4) switch
        {
            0 => ($"clock window, headers {headers}", chance => new WindowReferee(constant, period, true, headers, 0, chance)),
            1 => ($"first-use window, headers {headers}", chance => new WindowReferee(constant, period, false, headers, 0, chance)),
            2 => ("sliding log", _ => new SlidingLogReferee(constant, period, RefereeHeaders.None)),
            _ => ("token bucket", _ => new TokenBucketReferee(size, size * 1e6 / period)),
        };
    }

    private static (string Told, IReadOnlyList<DeclaredLimit> Declared) Knowledge(Random random, int size, long period)
    {
        DeclaredLimit Limit(double factor) =>
            new() { Name = "api", Count = (long)(size * factor), Period = TimeSpan.FromMicroseconds(period) };
        return random.Next(5) switch
        {
            0 => ("told nothing", []),
            1 => ("told a quarter more", [Limit(1.25)]),
            2 => ("told half of it", [Limit(0.5)]),
            _ => ("told the truth", [Limit(1)]),
        };
    }
}
