using System.Text.Json.Serialization;
using ApiPoc.Notifier.Notifications;

namespace ApiPoc.Notifier.Channels;

/// <summary>The body of a Slack webhook with one attachment, https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments.</summary>
internal sealed record SlackMessage([property: JsonPropertyName("attachments")] IReadOnlyList<SlackAttachment> Attachments)
{
    public static SlackMessage Of(Notification notification) => new(
    [
        new SlackAttachment(
            Escape(notification.Text.Length == 0 ? notification.Title : $"{notification.Title}: {notification.Text}"),
            notification.Colour,
            Escape(notification.Title),
            Escape(notification.Text),
            [.. notification.Fields.Select(field => new SlackField(Escape(field.Key), Escape(field.Value), field.Value.Length <= 40))],
            notification.Time.ToUnixTimeSeconds()),
    ]);

    /// <summary>The three characters that Slack would read as markup, links or mentions.</summary>
    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}

/// <summary>One attachment.</summary>
internal sealed record SlackAttachment(
    [property: JsonPropertyName("fallback")] string Fallback,
    [property: JsonPropertyName("color")] string Colour,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("fields")] IReadOnlyList<SlackField> Fields,
    [property: JsonPropertyName("ts")] long Timestamp);

/// <summary>A name and a value; short ones stand side by side.</summary>
internal sealed record SlackField(
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("value")] string Value,
    [property: JsonPropertyName("short")] bool IsShort);
