namespace ApiPoc.Simulation;

/// <summary>
/// A crowded machine: now and then a call leaves late although it was punctual by its own clock, and an answer is read late.
/// </summary>
/// <param name="Share">The part of all calls it happens to, 0 to 1.</param>
/// <param name="AtMost">The longest such delay (µs).</param>
/// <param name="ColdFor">How long after the start every step may be so late, ten times over: nothing is compiled or connected yet (µs).</param>
public sealed record Noise(double Share, int AtMost, long ColdFor)
{
    /// <summary>How often a process stands still, on average, and for how long at most (µs); 0 for never.</summary>
    public (int Every, int AtMost) Stalls { get; init; }

    /// <summary>A quiet machine.</summary>
    public static Noise None { get; } = new(0, 0, 0);

    /// <summary>Two cores for a dozen busy processes.</summary>
    public static Noise Crowded { get; } = new(0.15, 25_000, 200_000);

    /// <summary>So crowded that whole processes stand still for a quarter of a second now and then.</summary>
    public static Noise Stalling { get; } = Crowded with { Stalls = (1_500_000, 250_000) };

    /// <summary>The next delay (µs).</summary>
    /// <param name="random">Decides.</param>
    /// <param name="since">Time since the start (µs).</param>
    public int Next(Random random, long since) =>
        since < ColdFor ? random.Next(AtMost * 10) : Share > 0 && random.NextDouble() < Share ? random.Next(AtMost) : 0;
}
