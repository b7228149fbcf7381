namespace ApiPoc.Messaging.Sqs;

/// <summary>SQS counts in whole seconds. Rounded up: a message that returns early is worse than one that returns late.</summary>
internal static class WholeSeconds
{
    /// <summary>The longest SQS hides a message.</summary>
    private static readonly TimeSpan MaxVisibility = TimeSpan.FromHours(12);

    public static int Up(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);

    /// <summary>Held within 0 and 12 h.</summary>
    public static int Visibility(TimeSpan time) => time <= TimeSpan.Zero ? 0 : Up(time < MaxVisibility ? time : MaxVisibility);
}
