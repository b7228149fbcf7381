using ApiPoc.Notifier.Notifications;
using ApiPoc.Notifier.Subscribers;

namespace ApiPoc.Notifier.Channels;

/// <summary>One way of telling a subscriber.</summary>
internal interface INotificationChannel
{
    /// <summary>The subscribers it is for.</summary>
    SubscriberKind Kind { get; }

    /// <summary>Makes one attempt.</summary>
    /// <exception cref="DeliveryException">It was not taken; says whether trying again makes sense. Any other exception does.</exception>
    Task SendAsync(SubscriberOptions subscriber, Notification notification, CancellationToken cancellationToken);
}

/// <summary>A receiver refused a notification.</summary>
/// <param name="message">Why, without secrets.</param>
/// <param name="isFinal">Whether it would refuse again.</param>
internal sealed class DeliveryException(string message, bool isFinal) : Exception(message)
{
    public bool IsFinal => isFinal;
}
