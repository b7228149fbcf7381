using ApiPoc.Notifier.Subscribers;
using ApiPoc.Testing;

namespace ApiPoc.Notifier.Tests.Subscribers;

public sealed class NotifierOptionsTests
{
    [Fact]
    public async Task Start_WrongSettings_PrintsThemAllWithoutSecretsAndExitsWithOne()
    {
        var (exitCode, errors) = await ServiceProcess.RunAsync(
            "Notifier", folder: null, ("AWS_REGION", "eu-west-1"),
            ("Notifier:Attempts", "9"), ("Notifier:Subscribers:0:Events:0", "breaker.exploded"),
            ("Notifier:Subscribers:1:Name", "chat"), ("Notifier:Subscribers:1:Kind", "Slack"),
            ("Notifier:Subscribers:2:Name", "chat"), ("Notifier:Subscribers:2:Kind", "Slack"), ("Notifier:Subscribers:2:WebhookUrl", "planted-secret"),
            ("Notifier:Subscribers:3:Name", "a b"), ("Notifier:Subscribers:3:Kind", "Email"),
            ("Notifier:Subscribers:4:Name", "mail"), ("Notifier:Subscribers:4:Kind", "Email"), ("Notifier:Subscribers:4:Email:Port", "0"),
            ("Notifier:Subscribers:4:Email:Password", "planted-secret"), ("Notifier:Subscribers:4:Email:From", "me"), ("Notifier:Subscribers:4:Email:To", "you@example.org"),
            ("Notifier:Subscribers:5:Name", "who"), ("Notifier:Subscribers:5:Kind", "Pager"));
        Assert.Equal(1, exitCode);
        Assert.Equal(
            """
            Cannot start:
              Notifier:Subscribers:5:Kind: 'Pager': expected one of Log, Slack, Email
              Notifier:Subscribers:3:Name: 'a b': wrong form: must match ^[A-Za-z0-9_-]{1,64}$
              Notifier:Subscribers:4:Email:Host: '': required
              Notifier:Subscribers:4:Email:Port: 0: out of range: 1 to 65535
              Notifier:Subscribers:4:Email:From: 'me': The From field is not a valid e-mail address.
              Notifier: Attempts 9, AttemptTimeout 00:00:05, FirstBackoff 00:00:00.5000000: may take 00:02:52.5000000: at most 00:00:25
              Notifier:Subscribers: 'chat': 2 subscribers have this name: names must differ
              Notifier:Subscribers:0:Events:0: 'breaker.exploded': unknown event: one of breaker.opened, breaker.half-opened, breaker.closed, quota.closed, quota.reopened, job.requeued, job.dead-lettered, run.started, run.finished, alarm.changed
              Notifier:Subscribers:1:WebhookUrl: (not set): required for Slack
              Notifier:Subscribers:2:WebhookUrl: (secret): not an http or https address
              Notifier:Subscribers:3:Email: (not set): required for Email
            """,
            errors);
    }

    [Fact]
    public void LongestDelivery_Default_FitsTheQueuesPatience()
    {
        Assert.Equal(TimeSpan.FromSeconds(16.5), new NotifierOptions().LongestDelivery);
        Assert.True(new NotifierOptionsValidator().Validate(name: null, new NotifierOptions()).Succeeded);
    }
}
