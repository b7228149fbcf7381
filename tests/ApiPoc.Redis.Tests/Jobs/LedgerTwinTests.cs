using System.Reflection;
using ApiPoc.Domain.Jobs;
using ApiPoc.Redis.Jobs;
using ApiPoc.Simulation.Jobs;
using StackExchange.Redis;

namespace ApiPoc.Redis.Tests.Jobs;

/// <summary>The ledger's script on a real Redis and the twin that the simulations use live the same random histories, and must give the same answers.</summary>
public sealed class LedgerTwinTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private const int Steps = 2_000;
    private const int Keep = 20_000;
    private static readonly JobResult Result = new(JobOperation.NewSurveys, "ODG_SURVEYS", "survey/1", 200, "{}");
    private static readonly RedisScript Script = RedisScript.FromText(
        Text(typeof(LedgerTwinTests).Assembly, "VirtualTime.lua") + Text(typeof(LedgerStep).Assembly, "job-steps.lua"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task SameHistory_SameAnswers(int seed)
    {
        var random = new Random(seed);
        var twin = new LedgerTwin(Keep);
        var answers = new Dictionary<string, int>(StringComparer.Ordinal);
        long now = 1_800_000_000_000;
        for (int step = 0; step < Steps; step++)
        {
            now += NextTime(random);
            var (taken, expected) = Next(random, twin, now);

            string actual = await TakeAsync($"twin-{seed}:", taken, now);

            Assert.True(expected == actual, $"seed {seed}, step {step}, {string.Join(' ', taken.Values)} of {taken.JobId}\ntwin:   {expected}\nscript: {actual}");
            string kind = $"{taken.Values[0]} {actual[0]}";
            answers[kind] = answers.GetValueOrDefault(kind) + 1;
        }

        var counts = (await redis.Connection.GetDatabase().HashGetAllAsync($"twin-{seed}:counts")).ToDictionary(entry => $"{entry.Name}", entry => (long)entry.Value);
        Assert.Equal((twin.Recorded, twin.DuplicatesRefused, twin.StaleCompletions), (counts["recorded"], counts["duplicates_refused"], counts["stale_completions"]));
        // Every answer of every step was met: 4 of a begin, 3 of a complete, 5 of a look, 2 of each other.
        Assert.Equal(22, answers.Count);
    }

    /// <summary>Mostly a little later, at times a lease or a retention later, at times a clock set back.</summary>
    private static int NextTime(Random random) => random.Next(100) switch
    {
        < 90 => random.Next(0, 400),
        < 98 => random.Next(0, 6_000),
        98 => Keep,
        _ => -random.Next(0, 8_000),
    };

    private static (LedgerStep Step, string Answer) Next(Random random, LedgerTwin twin, long now)
    {
        string job = $"job-{random.Next(6)}";
        int fence = random.Next(1, 6);
        switch (random.Next(11))
        {
            case 8:
                return (LedgerStep.GiveUp(job, fence, 404, "rejected"), Said(twin.GiveUp(job, fence, 404, "rejected", now)));
            case 9:
                string redrive = $"message {random.Next(3)}";
                return (LedgerStep.Reopen(job, redrive), Said(twin.Reopen(job, redrive, now)));
            case 0:
                return (LedgerStep.Complete(job, fence, Result, "day"), $"{(int)twin.Complete(job, fence, now)}");
            case 1:
                return (LedgerStep.Refund(job, fence), Said(twin.Refund(job, fence, now)));
            case 2:
                int? status = random.Next(2) == 0 ? 500 : null;
                return (LedgerStep.Fail(job, fence, status, $"reason {fence}"), Said(twin.Fail(job, fence, status, $"reason {fence}", now)));
            case 3:
                return (LedgerStep.Abandon(job), Said(twin.Abandon(job, null, now)));
            case 10:
                var record = twin.Look(job, now);
                return (LedgerStep.Look(job),
                    $"{(int)record.Standing} {record.Attempts} {record.LastStatus} {record.LastReason} {record.BusyFor.TotalMilliseconds}");
            default:
                int lease = random.Next(1, 5_000);
                var start = twin.Begin(job, 3, lease, now);
                return (LedgerStep.Begin(job, 3, TimeSpan.FromMilliseconds(lease)),
                    $"{(int)start.Kind} {start.Fence} {start.Attempts} {start.LastStatus} {start.LastReason} {start.BusyFor.TotalMilliseconds}");
        }
    }

    private async Task<string> TakeAsync(string prefix, LedgerStep step, long now)
    {
        await redis.Connection.GetDatabase().StringSetAsync("virtual:clock", now * 1000);
        RedisKey[] keys = [$"{prefix}counts", $"{prefix}results", prefix + step.JobId];
        var answers = (RedisResult[])(await Script.EvaluateAsync(redis.Connection, keys, [Keep, .. step.Values], TimeSpan.FromSeconds(20), default))!;
        return string.Join(' ', (RedisValue[])answers[0]!);
    }

    private static string Said(bool hasEnded) => hasEnded ? "1" : "0";

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
