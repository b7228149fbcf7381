using ApiPoc.Notifier.Notifications;
using ApiPoc.Notifier.Subscribers;

namespace ApiPoc.Notifier.Channels;

/// <summary>Tells the log.</summary>
internal sealed partial class LogChannel(ILogger<LogChannel> logger) : INotificationChannel
{
    public SubscriberKind Kind => SubscriberKind.Log;

    public Task SendAsync(SubscriberOptions subscriber, Notification notification, CancellationToken cancellationToken)
    {
        var facts = string.Join(", ", notification.Fields.Select(field => $"{field.Key}={field.Value}"));
        LogNotification(logger, notification.Title, notification.Text, facts);
        return Task.CompletedTask;
    }

    [LoggerMessage(20, LogLevel.Information, "{Title}. {Text} ({Facts})")]
    private static partial void LogNotification(ILogger logger, string title, string text, string facts);
}
