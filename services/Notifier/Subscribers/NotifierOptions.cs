using System.ComponentModel.DataAnnotations;

namespace ApiPoc.Notifier.Subscribers;

/// <summary>Section <c>Notifier</c>: who is told what, and how persistently.</summary>
internal sealed class NotifierOptions
{
    public const string Section = "Notifier";

    /// <summary>How often a notification is tried before it is given up; 1 to 10, default 3.</summary>
    [Range(1, 10)]
    public int Attempts { get; set; } = 3;

    /// <summary>How long one attempt may take; 100 ms to 20 s, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:20")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The pause after the first failed attempt, doubled after each further one; 10 ms to 10 s, default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan FirstBackoff { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a delivered event is remembered, so that it is not delivered again; 1 min to 14 days, default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "14.00:00:00")]
    public TimeSpan RememberFor { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Who is told; none by default.</summary>
    public List<SubscriberOptions> Subscribers { get; init; } = [];

    /// <summary>The longest that all attempts of one notification can take.</summary>
    internal TimeSpan LongestDelivery => Attempts * AttemptTimeout + ((1 << (Attempts - 1)) - 1) * FirstBackoff;
}
