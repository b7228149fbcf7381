using ApiPoc.Domain.Throttling;
using ApiPoc.Testing;

namespace ApiPoc.Redis.Tests.Throttling;

/// <summary>The script and the in-memory twin live the same random histories and must agree in every field.</summary>
public sealed class TwinTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private const int Steps = 2_500;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task AdmitAsync_SameHistory_SameDecisions(int seed)
    {
        var history = new AdmissionHistory(seed);
        var clock = new ManualTimeProvider(new DateTimeOffset(2027, 12, 30, 23, 59, 58, TimeSpan.Zero));
        var memory = new InMemoryAdmission(clock);
        var script = new VirtualRedis(redis.Connection, clock, $"twin:{seed}:");
        AdmissionDecision? last = null;
        int admitted = 0;
        for (int step = 0; step < Steps; step++)
        {
            history.MoveTime(clock, last);
            var limits = history.NextSet();
            int cost = history.NextCost();

            var expected = await memory.AdmitAsync(limits, cost);
            var actual = await script.AdmitAsync(limits, cost);

            Assert.True(Describe(expected) == Describe(actual), $"seed {seed}, step {step}, cost {cost}\nmemory: {Describe(expected)}\nscript: {Describe(actual)}");
            last = expected;
            admitted += expected.IsAdmitted ? 1 : 0;
        }

        // A history that admits nearly nothing, or nearly everything, would compare little.
        Assert.InRange(admitted, Steps / 10, Steps * 9 / 10);
    }

    private static string Describe(AdmissionDecision decision) =>
        $"{decision.IsAdmitted} at {decision.At:O}\n{string.Join('\n', decision.Limits)}";
}
