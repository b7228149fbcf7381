using System.Net;
using System.Net.Mail;
using ApiPoc.Notifier.Notifications;
using ApiPoc.Notifier.Subscribers;

namespace ApiPoc.Notifier.Channels;

/// <summary>Sends plain-text mail by SMTP.</summary>
internal sealed class EmailChannel : INotificationChannel
{
    public SubscriberKind Kind => SubscriberKind.Email;

    public async Task SendAsync(SubscriberOptions subscriber, Notification notification, CancellationToken cancellationToken)
    {
        var email = subscriber.Email!;
        using var client = new SmtpClient(email.Host, email.Port) { EnableSsl = email.UseTls };
        if (email.UserName.Length > 0)
            client.Credentials = new NetworkCredential(email.UserName, email.Password);
        using var message = new MailMessage(email.From, email.To) { Subject = SubjectOf(notification), Body = BodyOf(notification) };
        await client.SendMailAsync(message, cancellationToken);
    }

    /// <summary>A header: what an event brings must not begin another.</summary>
    private static string SubjectOf(Notification notification) =>
        string.Concat("[ApiPoc] ", string.Concat(notification.Title.Select(character => char.IsControl(character) ? ' ' : character)));

    private static string BodyOf(Notification notification) => string.Join("\r\n",
    [
        notification.Title,
        notification.Text,
        "",
        .. notification.Fields.Select(field => $"{field.Key}: {field.Value}"),
        $"time: {notification.Time:u}",
    ]);
}
