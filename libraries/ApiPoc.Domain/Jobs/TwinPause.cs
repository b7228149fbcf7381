namespace ApiPoc.Domain.Jobs;

/// <summary>
/// How long a job is left alone that was handed out twice, while its other attempt is under way. That may end at any time before its lease
/// does, and with nothing done: so the twin looks again every few seconds, at the price of a permit taken and given back.
/// </summary>
public static class TwinPause
{
    /// <summary>The longest pause: 2 s.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>The pause when the other attempt's lease ends after <paramref name="left"/>.</summary>
    public static TimeSpan Of(TimeSpan left) => left < Longest ? left : Longest;
}
