using System.Net.Mail;
using ApiPoc.Notifier.Channels;
using ApiPoc.Notifier.Notifications;
using ApiPoc.Notifier.Subscribers;

namespace ApiPoc.Notifier.Tests.Channels;

public sealed class EmailChannelTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Send_Notification_IsAPlainMailWithItsFacts()
    {
        await using var server = new SmtpReceiver();
        await SendAsync(server, Notification.Of(SampleEvents.Opened));

        Assert.Contains("MAIL FROM:<apipoc@example.org>", server.Lines);
        Assert.Contains("RCPT TO:<oncall@example.org>", server.Lines);
        Assert.Contains("Subject: [ApiPoc] Circuit breaker opened: ODG_SURVEYS", server.Lines);
        Assert.Equal(
            """
            Circuit breaker opened: ODG_SURVEYS
            survey quota exceeded

            event: breaker.opened
            api_id: ODG_SURVEYS
            trace_id: 4bf92f3577b34da6a3ce929d0e0e4736
            time: 2026-01-01 00:00:00Z
            """,
            BodyOf(server));
    }

    [Fact]
    public async Task Send_TitleWithLineBreak_AddsNoHeader()
    {
        await using var server = new SmtpReceiver();
        var throttleEvent = SampleEvents.Opened with { ApiId = "X\r\nBcc: eve@example.org" };
        await SendAsync(server, Notification.Of(throttleEvent));
        Assert.DoesNotContain(server.Lines.TakeWhile(line => line.Length > 0), line => line.StartsWith("Bcc", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_RecipientRefused_Throws()
    {
        await using var server = new SmtpReceiver { RecipientAnswer = "550 no such user" };
        await Assert.ThrowsAnyAsync<SmtpException>(() => SendAsync(server, Notification.Of(SampleEvents.Opened)));
    }

    /// <summary>The body is quoted-printable: lines that end in = go on, line breaks of the text are written =0D=0A.</summary>
    private static string BodyOf(SmtpReceiver server) => string
        .Concat(server.Lines.SkipWhile(line => line.Length > 0).Skip(1).TakeWhile(line => line != ".").Select(line => line.TrimEnd('=')))
        .Replace("=0D=0A", "\n", StringComparison.Ordinal);

    private static Task SendAsync(SmtpReceiver server, Notification notification)
    {
        var email = new EmailOptions { Host = "127.0.0.1", Port = server.Port, From = "apipoc@example.org", To = "oncall@example.org" };
        var subscriber = new SubscriberOptions { Name = "oncall", Kind = SubscriberKind.Email, Email = email };
        return new EmailChannel().SendAsync(subscriber, notification, CancellationToken.None).WaitAsync(Budget);
    }
}
