using ApiPoc.Domain.Quotas;

namespace ApiPoc.Simulation;

/// <summary>The scenarios of docs/benchmarks.md.</summary>
public static class Scenarios
{
    private const long Second = 1_000_000;
    private static readonly ResourcePattern Everything = new("**");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Window("A", 50, 1, isByClock: true),
        Window("A-first-use", 50, 1, isByClock: false),
        new() { Name = "B", Declared = [Limit(50, 1)], Referee = _ => new SlidingLogReferee(SizeOverTime.Constant(50), Second, RefereeHeaders.None) },
        Window("C", 200, 10, isByClock: true, RefereeHeaders.RateLimit) with { Start = 1_003 * Second },
        Window("C-bare", 200, 10, isByClock: true) with { Start = 1_003 * Second },
        Window("C-first-use", 200, 10, isByClock: false),
        Window("D", 40, 1, isByClock: true) with { Declared = [Limit(50, 1)], Start = (1_000 * Second) + 400_000 },
        new() { Name = "D-sliding", Declared = [Limit(50, 1)], Referee = _ => new SlidingLogReferee(SizeOverTime.Constant(40), Second, RefereeHeaders.None) },
        Window("E", 50, 1, isByClock: false) with { Declared = [], Jobs = 2000 },
        Window("E-clock", 50, 1, isByClock: true) with { Declared = [], Jobs = 2000 },
        Window("E-mid", 50, 1, isByClock: true) with { Declared = [], Jobs = 2000, Start = (1_000 * Second) + 400_000 },
        Halving("F", RefereeHeaders.RateLimit),
        Halving("F-bare", RefereeHeaders.None),
        Window("G", 50, 1, isByClock: true, RefereeHeaders.RateLimit, 0.3),
        Window("G-first-use", 50, 1, isByClock: false, RefereeHeaders.RateLimit, 0.3),
        new()
        {
            Name = "H",
            Declared = [Limit(2, 1), Limit(120, 60) with { Name = "minute" }, Limit(7_200, 3_600) with { Name = "hour" }],
            Referee = _ => new NestedReferee([(Everything, 2, Second), (Everything, 120, 60 * Second), (Everything, 7_200, 3_600 * Second)], jobs => (Windows(jobs, 2) - 1) * Second),
            Jobs = 2_000,
            IsVirtualOnly = true,
        },
        new()
        {
            Name = "I",
            Declared = [.. Hierarchy.Levels.Select(level => Limit(level.Size, 60) with { Name = level.Name, AppliesTo = level.AppliesTo, Shape = LimitShape.Window })],
            Referee = _ => new NestedReferee([.. Hierarchy.Levels.Select(level => (new ResourcePattern(level.AppliesTo), level.Size, 60 * Second))], jobs => (Hierarchy.Windows(jobs) - 1) * 60 * Second),
            Resource = Hierarchy.Resource,
            Jobs = 60,
        },
        Window("J", 50, 1, isByClock: false) with { Crash = new Crash(0.3, CrashVictim.Worker) },
        Window("J-orchestrator", 50, 1, isByClock: false) with { Crash = new Crash(0.3, CrashVictim.Orchestrator), Jobs = 3000 },
        Window("K", 100, 1, isByClock: false) with { Tenant = TwoTenants, Weights = new Dictionary<string, double>(StringComparer.Ordinal) { ["gold"] = 3, ["bulk"] = 1 }, Jobs = 4040 },
        Tenants("tenants", told: (50, 10), job => job % 8 == 0),
        Tenants("tenants-backlog", told: (50, 10), job => job % 3 == 0),
        Tenants("tenants-told-more", told: (50, 20), job => job % 8 == 0),
        Tenants("tenants-all-told-more", told: (70, 10), job => job % 8 == 0),
        Window("S1", 100, 1, isByClock: false) with { Jobs = 2000 },
        Window("S2", 100, 1, isByClock: false, RefereeHeaders.RetryAfter) with { Jobs = 2000 },
        Window("S3", 100, 1, isByClock: false, RefereeHeaders.RetryAfter) with { Declared = [Limit(200, 1)], Jobs = 2000 },
        Window("S4", 100, 1, isByClock: false) with { Declared = [Limit(200, 1)], Jobs = 2000 },
        Window("S5", 100, 1, isByClock: false, RefereeHeaders.RateLimit, 0.3) with { Jobs = 2000 },
        Window("S6", 100, 1, isByClock: false) with { Jobs = 2000, Crash = new Crash(0.3, CrashVictim.Worker) },
        Window("told-by-policy", 100, 1, isByClock: false, RefereeHeaders.Policy) with
        {
            Declared = [Limit(20, 60), Limit(10, 60) with { Name = "part", AppliesTo = "items/**" }],
        },
        Window("37/1.7s", 37, 1.7, isByClock: false),
        Window("37/1.7s-150ms", 37, 1.7, isByClock: false) with { Latency = (150_000, 170_000) },
        Window("50/1s-5ms", 50, 1, isByClock: false) with { Latency = (4_000, 6_000) },
        UsedUp("used-up", RefereeHeaders.None, calls: 37),
        UsedUp("used-up-told", RefereeHeaders.RetryAfter, calls: 37),
        UsedUp("used-in-part", RefereeHeaders.None, calls: 25),
        Window("told-size-37/1.7s", 37, 1.7, isByClock: false, RefereeHeaders.RateLimit) with { Declared = [], Latency = (150_000, 170_000) },
        Window("told-size-50/1s", 50, 1, isByClock: false, RefereeHeaders.RateLimit) with { Declared = [] },
        Window("told-size-100/10s", 100, 10, isByClock: false, RefereeHeaders.RateLimit) with { Declared = [] },
        Window("told-size-clock", 50, 1, isByClock: true, RefereeHeaders.RateLimit) with { Declared = [], Start = (1_000 * Second) + 400_000 },
        new() { Name = "bucket", Declared = [Limit(50, 1)], Referee = _ => new TokenBucketReferee(50, 50) },
        new() { Name = "sliding-unknown", Declared = [], Referee = _ => new SlidingLogReferee(SizeOverTime.Constant(50), Second, RefereeHeaders.None), Jobs = 2000 },
        new() { Name = "bucket-unknown", Declared = [], Referee = _ => new TokenBucketReferee(100, 20), Jobs = 2000 },
    ];

    private static Scenario Window(string name, long size, double period, bool isByClock, RefereeHeaders headers = RefereeHeaders.None, double foreign = 0) => new()
    {
        Name = name,
        Declared = [Limit(size, period)],
        Referee = random => new WindowReferee(SizeOverTime.Constant(size), (long)(period * Second), isByClock, headers, foreign, random),
    };

    /// <summary>An API that lets one tenant 10 times a second through, and all together 50 times; it knows the tenant by its path, the consumer by the job.</summary>
    private static Scenario Tenants(string name, (long All, long Acme) told, Func<int, bool> isAcmes) => new()
    {
        Name = name,
        Declared = [Limit(told.All, 1), Limit(told.Acme, 1) with { Name = "acme", Tenant = "acme" }],
        Referee = _ => new NestedReferee(
            [(Everything, 50, Second), (new ResourcePattern("acme/**"), 10, Second)],
            jobs => (Math.Max(Windows(jobs, 50), Windows(Enumerable.Range(0, jobs).Count(isAcmes), 10)) - 1) * Second),
        Tenant = job => isAcmes(job) ? "acme" : "others",
        Resource = job => isAcmes(job) ? "acme/items" : "others/items",
    };

    private static Scenario UsedUp(string name, RefereeHeaders headers, long calls) => new()
    {
        Name = name,
        Declared = [Limit(37, 1.7)],
        Referee = _ => new WindowReferee(SizeOverTime.Constant(37), 1_700_000, false, headers) { UsedBefore = (calls, 1_100_000) },
        Latency = (150_000, 170_000),
    };

    private static Scenario Halving(string name, RefereeHeaders headers) => new()
    {
        Name = name,
        Declared = [Limit(50, 1)],
        Referee = _ => new WindowReferee(new SizeOverTime(now => now < 1_006 * Second || now >= 1_013 * Second ? 50 : 25), Second, false, headers),
    };

    // The small backlog stands at the head of the queue, job by job beside the hundredfold one: who is to be fair must see both.
    private static string TwoTenants(int job) => job < 80 && job % 2 == 0 ? "gold" : "bulk";

    private static int Windows(int jobs, long size) => (int)((jobs + size - 1) / size);

    private static DeclaredLimit Limit(long count, double seconds) => new() { Name = "api", Count = count, Period = TimeSpan.FromSeconds(seconds) };
}
