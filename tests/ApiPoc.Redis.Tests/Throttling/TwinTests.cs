using ApiPoc.Domain.Throttling;
using ApiPoc.Testing;

namespace ApiPoc.Redis.Tests.Throttling;

/// <summary>The script and the in-memory twin live the same random histories and must agree in every field.</summary>
public sealed class TwinTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private const int Steps = 2_500;

    [Theory]
    [InlineData(1, "2027-12-30T23:59:58Z")]
    [InlineData(2, "2028-02-28T23:59:58Z")]
    [InlineData(3, "1999-12-31T23:59:58Z")]
    [InlineData(4, "2000-02-28T00:00:00Z")]
    [InlineData(5, "2099-12-31T00:00:00Z")]
    [InlineData(6, "2100-02-27T12:00:00Z")]
    [InlineData(7, "1970-02-01T00:00:00Z")]
    [InlineData(8, "2026-11-20T00:00:00Z")]
    public async Task AdmitAsync_SameHistory_SameDecisions(int seed, string start)
    {
        var history = new AdmissionHistory(seed, numbersChange: true);
        var clock = new ManualTimeProvider(DateTimeOffset.Parse(start));
        var memory = new InMemoryAdmission(clock);
        var script = new VirtualRedis(redis.Connection, clock, $"twin:{seed}:");
        var random = new Random(seed);
        var charged = new List<(AdmissionDecision Decision, int Cost)>();
        AdmissionDecision? last = null;
        int admitted = 0;
        for (int step = 0; step < Steps; step++)
        {
            history.MoveTime(clock, last, mayGoBack: true);
            var limits = history.NextSet();
            int cost = history.NextCost();

            var expected = await memory.AdmitAsync(limits, cost);
            var actual = await script.AdmitAsync(limits, cost);

            Assert.True(Describe(expected) == Describe(actual), $"seed {seed}, step {step}, cost {cost}\nmemory: {Describe(expected)}\nscript: {Describe(actual)}");
            last = expected;
            if (expected.IsAdmitted && cost > 0 && step % 3 == 0)
                charged.Add((expected, cost));
            if (charged.Count > 0 && step % 7 == 0)
            {
                // Some of what was charged a while ago, windows and clock changes ago even.
                var (decision, whole) = charged[random.Next(charged.Count)];
                int given = random.Next(1, whole + 1);
                await memory.ReturnAsync(decision, given);
                await script.ReturnAsync(decision, given);
            }
            admitted += expected.IsAdmitted ? 1 : 0;
        }

        // A history that admits nearly nothing, or nearly everything, would compare little.
        Assert.InRange(admitted, Steps / 10, Steps * 9 / 10);
    }

    private static string Describe(AdmissionDecision decision) =>
        $"{decision.IsAdmitted} at {decision.At:O}\n{string.Join('\n', decision.Limits)}";
}
