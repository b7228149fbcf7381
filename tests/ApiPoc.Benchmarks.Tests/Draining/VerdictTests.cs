using ApiPoc.Benchmarks.Draining.Judging;
using ApiPoc.Simulation;

namespace ApiPoc.Benchmarks.Tests.Draining;

/// <summary>Who judges is judged here: what a record of calls comes to.</summary>
public sealed class VerdictTests
{
    private const long Start = 5_000_000;
    private const long Millisecond = 1_000;

    [Fact]
    public void Of_EveryJobDone_MeasuresFromTheFirstCallToTheLastAnswer()
    {
        Call[] calls =
        [
            Accepted(0, attempt: 1, "one", at: 0, answered: 20),
            Refused(1, attempt: 1, "two", at: 10),
            Accepted(1, attempt: 2, "two", at: 980, answered: 1_000),
            Accepted(1, attempt: 3, "one", at: 990, answered: 1_500),
        ];

        var verdict = Verdict.Of(calls, Jobs(2), optimalTime: 1_200_000);

        Assert.Equal(
            new Verdict(
                Efficiency: 0.8, Waste: 0.25, Makespan: TimeSpan.FromSeconds(1.5), Optimal: TimeSpan.FromSeconds(1.2), Calls: 4, Refused: 1, Late: 0,
                Missing: 0, Repeated: 1, Jain: 1, P99Wait: TimeSpan.Zero),
            verdict);
    }

    [Fact]
    public void Of_AJobMissing_HasNoEfficiency()
    {
        var verdict = Verdict.Of([Accepted(0, 1, "one", at: 0, answered: 20)], Jobs(2), optimalTime: 800_000);

        Assert.Equal((0, 1, 0.5), (verdict.Efficiency, verdict.Missing, verdict.Jain));
    }

    [Fact]
    public void Of_CallsAfterANotice_AreLateUnlessInFlightOrAfterAnAcceptedOne()
    {
        Call[] calls =
        [
            Refused(0, 1, "one", at: 0),
            Refused(1, 1, "two", at: 50), // within the notice's time
            Refused(2, 1, "two", at: 60),
            Accepted(0, 2, "one", at: 1_000, answered: 1_020),
            Refused(1, 2, "two", at: 1_100), // a refusal of its own
        ];

        Assert.Equal(1, Verdict.Of(calls, Jobs(3), optimalTime: 1).Late);
    }

    [Fact]
    public void Of_TwoTenants_AreComparedByWeightWhenTheSmallerIsHalfDone()
    {
        var scenario = Jobs(12) with
        {
            Tenant = job => job < 4 ? "small" : "large",
            Weights = new Dictionary<string, double>(StringComparer.Ordinal) { ["small"] = 2, ["large"] = 1 },
        };
        // Two of the small one's four jobs beside one of the large one's: exactly by weight. What comes later counts no more.
        int[] order = [0, 4, 1, 5, 6, 7, 8, 9, 10, 11, 2, 3];
        var calls = order.Select((job, index) => Accepted(job, 1, "one", at: index, answered: index + 20)).ToList();

        Assert.Equal(1, Verdict.Of(calls, scenario, optimalTime: 1).Jain);
    }

    private static Scenario Jobs(int count) => new() { Name = "test", Referee = _ => throw new NotSupportedException(), Jobs = count, Processes = 2 };

    private static Call Accepted(int job, int attempt, string caller, long at, long answered) =>
        new($"drain-{job}", attempt, caller, Start + (at * Millisecond), Start + (answered * Millisecond), IsAccepted: true);

    private static Call Refused(int job, int attempt, string caller, long at) =>
        new($"drain-{job}", attempt, caller, Start + (at * Millisecond), Start + (at * Millisecond), IsAccepted: false);
}
