using ApiPoc.Benchmarks.Draining.Consuming;
using ApiPoc.Benchmarks.Draining.Judging;
using ApiPoc.Simulation;

namespace ApiPoc.Benchmarks.Draining;

/// <summary>What one consumer did in one scenario.</summary>
/// <param name="Consumer">Who drained.</param>
/// <param name="Scenario">The scenario.</param>
/// <param name="Verdict">What the referee saw.</param>
internal sealed record DrainRow(string Consumer, Scenario Scenario, Verdict Verdict)
{
    /// <summary>From the first job's submission to the last result.</summary>
    public required TimeSpan SinceSubmit { get; init; }

    /// <summary>Jobs without a result.</summary>
    public required int Lost { get; init; }

    /// <summary>What Redis ran meanwhile.</summary>
    public required RedisCommands Redis { get; init; }

    /// <summary>Scripts of the shared quota alone; null for who has no such thing.</summary>
    public int? QuotaScripts { get; init; }

    /// <summary>Processor time of all processes that consume.</summary>
    public required TimeSpan ProcessorTime { get; init; }
}
