using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ApiPoc.Messaging;

/// <summary>
/// Section <c>Messaging</c>: the names of queues and topics, and how long to try; where they live, see <see cref="Aws.AwsEnvironment"/>.
/// The registrations of this library bind the section; a service also checks it, by
/// <c>AddCheckedOptions&lt;MessagingOptions, MessagingOptionsValidator&gt;</c>.
/// </summary>
public sealed class MessagingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Messaging";

    private const string QueueName = "^[A-Za-z0-9_-]{1,80}$";

    /// <summary>The queue of jobs. Default <c>job-queue</c>; 1 to 80 letters, digits, hyphens, underscores, as all names here.</summary>
    [Required, RegularExpression(QueueName)]
    public string JobQueue { get; set; } = "job-queue";

    /// <summary>Where jobs go that cannot be done. Default <c>job-dlq</c>.</summary>
    [Required, RegularExpression(QueueName)]
    public string JobDeadLetterQueue { get; set; } = "job-dlq";

    /// <summary>Where throttle events wait for the notifier. Default <c>notifier-queue</c>.</summary>
    [Required, RegularExpression(QueueName)]
    public string NotifierQueue { get; set; } = "notifier-queue";

    /// <summary>The topic throttle events are published on. Default <c>throttle-events</c>.</summary>
    [Required, RegularExpression(QueueName)]
    public string EventsTopic { get; set; } = "throttle-events";

    /// <summary>Where the gateway puts what clients post. Default <c>ingest-queue</c>.</summary>
    [Required, RegularExpression(QueueName)]
    public string IngestQueue { get; set; } = "ingest-queue";

    /// <summary>How long one call may take beyond the time a receive was asked to wait, its retries included. Default 5 s; 0.1 s to 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause between attempts while the service does not answer. Default 5 s; 0.25 s to 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.25", "00:01:00")]
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many events wait in memory to be published; further ones are dropped and counted. Default 1,000; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int EventBuffer { get; set; } = 1_000;

    /// <summary>How long a stopping process goes on publishing buffered events. Default 5 s; 0 to 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:20")]
    public TimeSpan EventFlushTimeout { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>No two queues are the same: a dead-letter queue that is its own source would never give anything up.</summary>
public sealed class MessagingOptionsValidator : IValidateOptions<MessagingOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, MessagingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var shared = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [nameof(options.JobQueue)] = options.JobQueue,
            [nameof(options.JobDeadLetterQueue)] = options.JobDeadLetterQueue,
            [nameof(options.NotifierQueue)] = options.NotifierQueue,
            [nameof(options.IngestQueue)] = options.IngestQueue,
        }.GroupBy(queue => queue.Value, queue => queue.Key, StringComparer.Ordinal).Where(queue => queue.Count() > 1);

        string[] errors = [.. shared.Select(queue => $"{string.Join(" and ", queue)}: '{queue.Key}': queues must differ")];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
