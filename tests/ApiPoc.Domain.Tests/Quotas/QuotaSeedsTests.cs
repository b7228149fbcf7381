using ApiPoc.Domain.Quotas.Engine;
using ApiPoc.Simulation;
using Xunit.Abstractions;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>A thousand small drains nobody chose: whatever the limit, what is told of it, and who dies meanwhile.</summary>
public sealed class QuotaSeedsTests(ITestOutputHelper output)
{
    private const int Seeds = 1_000;

    // Ten times what the slowest needs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    [Fact]
    public void EverySeed_DrainsOnceAndLeavesNoPermitBehind()
    {
        var runs = Enumerable.Range(1, Seeds).AsParallel().Select(Run).ToList();

        Assert.Empty(runs.Select(run => run.Trouble).OfType<string>());
        var (done, refused, longest) = (runs.Sum(run => run.Figures.Done), runs.Sum(run => run.Figures.Refused), runs.Max(run => run.Figures.Seconds));
        output.WriteLine($"{Seeds} drains of {done} jobs, {refused} calls refused, the slowest took {longest:F0} s");
    }

    private static (DrainFigures Figures, string? Trouble) Run(int seed)
    {
        var (scenario, period, mostInPeriod, isTold) = SeededScenario.Of(seed);
        AuditedReferee? referee = null;
        var permitsLeft = 0;

        var figures = Drain.Run(
            scenario with { Referee = random => referee = new AuditedReferee(scenario.Referee(random)) }, seed, Patience,
            drain => permitsLeft = PermitsLeft(drain, scenario));

        string?[] troubles =
        [
            figures.Done < scenario.Jobs ? "stuck" : null,
            scenario.Crash is null && figures.Repeated > 0 ? "jobs done twice though nobody died" : null,
            figures.Repeated > scenario.InHand ? "more jobs done twice than were in the dead one's hands" : null,
            figures.Refused > scenario.Jobs * (isTold ? 0.75 : 2) ? "refused far too often" : null,
            referee!.MostIn(period) > mostInPeriod ? "more accepted than the limit allows" : null,
            permitsLeft > 0 ? $"{permitsLeft} permits left behind" : null,
        ];
        var worst = troubles.FirstOrDefault(trouble => trouble is not null);
        return (figures, worst is null ? null : $"{worst}: {scenario}: {figures}");
    }

    /// <summary>Permits without a report; those a dead process held must end by their expiry.</summary>
    private static int PermitsLeft(Drain drain, Scenario scenario)
    {
        if (scenario.Crash is not null)
            new QuotaRules([], scenario.Weights).Ask(drain.State, [], drain.Now + QuotaRules.PermitLife + QuotaRules.Horizon);
        return drain.State.Outstanding.Count;
    }
}
