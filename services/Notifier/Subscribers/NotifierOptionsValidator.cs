using ApiPoc.Domain.Events;
using Microsoft.Extensions.Options;

namespace ApiPoc.Notifier.Subscribers;

/// <summary>What has to fit together: a kind and its settings, names, event types, and all attempts within the queue's patience.</summary>
internal sealed class NotifierOptionsValidator : IValidateOptions<NotifierOptions>
{
    // After 30 s (visibility time-out in deploy/aws/apipoc.template.json) the queue would hand the event out again.
    private static readonly TimeSpan QueuePatience = TimeSpan.FromSeconds(25);

    public ValidateOptionsResult Validate(string? name, NotifierOptions options)
    {
        string[] errors = [.. FindErrors(options)];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> FindErrors(NotifierOptions options)
    {
        if (options.Attempts is >= 1 and <= 10 && options.LongestDelivery > QueuePatience)
        {
            yield return $"{NotifierOptions.Section}: Attempts {options.Attempts}, AttemptTimeout {options.AttemptTimeout}, FirstBackoff {options.FirstBackoff}: "
                + $"may take {options.LongestDelivery}: at most {QueuePatience}";
        }

        foreach (var shared in options.Subscribers.GroupBy(subscriber => subscriber.Name).Where(group => group.Key.Length > 0 && group.Count() > 1))
            yield return $"{NotifierOptions.Section}:Subscribers: '{shared.Key}': {shared.Count()} subscribers have this name: names must differ";

        for (int index = 0; index < options.Subscribers.Count; index++)
        {
            foreach (string error in FindErrors(options.Subscribers[index]))
                yield return $"{NotifierOptions.Section}:Subscribers:{index}:{error}";
        }
    }

    private static IEnumerable<string> FindErrors(SubscriberOptions subscriber)
    {
        if (subscriber is { Kind: SubscriberKind.Slack, WebhookUrl: null })
            yield return "WebhookUrl: (not set): required for Slack";
        if (subscriber.WebhookUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
            yield return "WebhookUrl: (secret): not an http or https address";
        if (subscriber is { Kind: SubscriberKind.Email, Email: null })
            yield return "Email: (not set): required for Email";

        for (int index = 0; index < subscriber.Events.Count; index++)
        {
            if (!ThrottleEventType.All.Contains(subscriber.Events[index]))
                yield return $"Events:{index}: '{subscriber.Events[index]}': unknown event: one of {string.Join(", ", ThrottleEventType.All)}";
        }
    }
}
