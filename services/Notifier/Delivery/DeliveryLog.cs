namespace ApiPoc.Notifier.Delivery;

internal static partial class DeliveryLog
{
    [LoggerMessage(1, LogLevel.Warning, "Subscriber {Subscriber} did not take {Type} at attempt {Attempt}: {Problem}.")]
    public static partial void AttemptFailed(ILogger logger, string subscriber, string type, int attempt, string problem);

    [LoggerMessage(2, LogLevel.Error, "Subscriber {Subscriber} was not told of {Type}: \"{Title}\" was dropped.")]
    public static partial void Dropped(ILogger logger, string subscriber, string type, string title);

    [LoggerMessage(3, LogLevel.Warning, "Redis did not say what was delivered before; an event may be delivered twice. {Problem}")]
    public static partial void MemoryUnavailable(ILogger logger, string problem);
}
