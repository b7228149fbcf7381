namespace ApiPoc.Orchestrator.Lanes;

/// <summary>What somebody waits for, for people.</summary>
/// <param name="For">A limit's name, a breaker with its state and reason, …; empty for nothing.</param>
/// <param name="Until">When that is to end, UTC; null when nobody knows.</param>
internal sealed record LaneWait(string For, DateTimeOffset? Until = null)
{
    public static readonly LaneWait Nothing = new("");

    /// <summary>There is nothing to do.</summary>
    public static readonly LaneWait Jobs = new("jobs");

    /// <summary>As many jobs are with workers as may be.</summary>
    public static readonly LaneWait Workers = new("workers");

    /// <summary>Redis does not answer.</summary>
    public static readonly LaneWait SharedState = new("shared state");
}
