using System.ComponentModel.DataAnnotations;

namespace ApiPoc.Notifier.Subscribers;

/// <summary>Somebody who wants to be told.</summary>
internal sealed class SubscriberOptions
{
    /// <summary>Names the subscriber in logs and metrics; unique.</summary>
    [Required, RegularExpression("^[A-Za-z0-9_-]{1,64}$")]
    public string Name { get; set; } = "";

    /// <summary>How it is told.</summary>
    public SubscriberKind Kind { get; set; } = SubscriberKind.Log;

    /// <summary>The types of events it wants, as <c>ThrottleEventType</c> lists them; empty, the default, wants all.</summary>
    public List<string> Events { get; init; } = [];

    /// <summary>Slack only: the address that notifications are posted to. A secret: never logged.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>Email only: the mail server and addresses.</summary>
    public EmailOptions? Email { get; set; }

    internal bool Wants(string type) => Events.Count == 0 || Events.Contains(type);
}

/// <summary>The ways of telling.</summary>
internal enum SubscriberKind
{
    /// <summary>As a line in the log.</summary>
    Log,

    /// <summary>As an attachment posted to a Slack-compatible incoming webhook.</summary>
    Slack,

    /// <summary>As a plain-text mail.</summary>
    Email,
}

/// <summary>How mail is sent.</summary>
internal sealed class EmailOptions
{
    /// <summary>The SMTP server.</summary>
    [Required]
    public string Host { get; set; } = "";

    /// <summary>Its port; default 25.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 25;

    /// <summary>Demands STARTTLS; default false.</summary>
    public bool UseTls { get; set; }

    /// <summary>Who logs in; empty, the default, does not.</summary>
    public string UserName { get; set; } = "";

    /// <summary>A secret: never logged.</summary>
    public string Password { get; set; } = "";

    /// <summary>The sender's address.</summary>
    [Required, EmailAddress]
    public string From { get; set; } = "";

    /// <summary>The recipient's address.</summary>
    [Required, EmailAddress]
    public string To { get; set; } = "";
}
