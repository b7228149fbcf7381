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

    /// <summary>After which share of the jobs one process is killed; null when none is.</summary>
    public double? KillAt { get; init; }

    /// <summary>Whether it takes too long for real time.</summary>
    public bool IsVirtualOnly { get; init; }

    /// <summary>The resource of a job.</summary>
    public Func<int, string> Resource { get; init; } = _ => "items";

    /// <summary>The tenant of a job.</summary>
    public Func<int, string> Tenant { get; init; } = _ => "";

    /// <summary>Tenants' weights.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);
}

/// <summary>What came of a drain.</summary>
/// <param name="Efficiency">Optimal time ÷ time taken.</param>
/// <param name="Waste">Refused ÷ all calls.</param>
/// <param name="Seconds">Time until the last call was sent.</param>
/// <param name="Refused">Refused calls.</param>
/// <param name="StoreTrips">Asks and reports that touched shared state.</param>
/// <param name="Done">Jobs done.</param>
public sealed record DrainFigures(double Efficiency, double Waste, double Seconds, int Refused, int StoreTrips, int Done);
