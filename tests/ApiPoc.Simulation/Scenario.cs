using ApiPoc.Domain.Quotas;

namespace ApiPoc.Simulation;

/// <summary>One drain: who throttles, what the consumer is told, and how the calls run.</summary>
public sealed record Scenario
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Makes the referee.</summary>
    public required Func<Random, Referee> Referee { get; init; }

    /// <summary>What the consumer is told.</summary>
    public IReadOnlyList<DeclaredLimit> Declared { get; init; } = [];

    /// <summary>Jobs in the backlog.</summary>
    public int Jobs { get; init; } = 1000;

    /// <summary>When the drain starts (µs).</summary>
    public long Start { get; init; } = 1_000_000_000;

    /// <summary>Orchestrating processes.</summary>
    public int Processes { get; init; } = 4;

    /// <summary>Jobs each process holds, granted or not.</summary>
    public int InHand { get; init; } = 50;

    /// <summary>The shortest and longest time an accepted call takes (µs).</summary>
    public (int From, int To) Latency { get; init; } = (20_000, 40_000);

    /// <summary>How late a call leaves after its moment (µs): scheduling and the network.</summary>
    public (int From, int To) Jitter { get; init; } = (100, 1_500);

    /// <summary>How crowded the machines are; none by default.</summary>
    public Noise Noise { get; init; } = Noise.None;

    /// <summary>When the API's clock is set back against everybody else's, after the start, and by how much (µs); null for never.</summary>
    public (long After, long By)? ClockStep { get; init; }

    /// <summary>Who is killed meanwhile; null when nobody is.</summary>
    public Crash? Crash { get; init; }

    /// <summary>Whether it takes too long for real time.</summary>
    public bool IsVirtualOnly { get; init; }

    /// <summary>The resource of a job.</summary>
    public Func<int, string> Resource { get; init; } = _ => "items";

    /// <summary>The tenant of a job.</summary>
    public Func<int, string> Tenant { get; init; } = _ => "";

    /// <summary>Tenants' weights.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);
}

/// <summary>A process that is killed with jobs and permits in its hands.</summary>
/// <param name="At">After which share of the jobs, 0 to 1.</param>
/// <param name="Victim">What it does.</param>
public sealed record Crash(double At, CrashVictim Victim);

/// <summary>What a killed process did.</summary>
public enum CrashVictim
{
    /// <summary>Made calls: whoever dispatched to it sees its connections end, tells what became of the permits and tries the jobs again soon.</summary>
    Worker,

    /// <summary>Held jobs: nobody tells anything. Its jobs come back when their visibility ends, its permits when they expire.</summary>
    Orchestrator,
}
