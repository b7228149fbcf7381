using System.Net;
using ApiPoc.Notifier.Notifications;
using ApiPoc.Notifier.Subscribers;

namespace ApiPoc.Notifier.Channels;

/// <summary>Posts to a Slack-compatible incoming webhook.</summary>
internal sealed class SlackChannel(IHttpClientFactory clients) : INotificationChannel
{
    public const string ClientName = "webhook";

    public SubscriberKind Kind => SubscriberKind.Slack;

    public async Task SendAsync(SubscriberOptions subscriber, Notification notification, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        using var request = new HttpRequestMessage(HttpMethod.Post, subscriber.WebhookUrl) { Content = JsonContent.Create(SlackMessage.Of(notification)) };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new DeliveryException($"the webhook answered {(int)response.StatusCode}", isFinal: !IsTransient(response.StatusCode));
    }

    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}
