using ApiPoc.Domain.Jobs;

namespace ApiPoc.Messaging.Tests.Jobs;

/// <summary>A job queue and a dead-letter queue of a test's own, and jobs to put on it.</summary>
internal static class JobQueueFixture
{
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan Visibility = TimeSpan.FromSeconds(30);

    public static async Task<(MessagingHost Host, string Queue, string DeadLetters)> CreateJobQueueAsync(
        this EmulatorFixture emulator, string? endpoint = null, params (string Name, string Value)[] settings)
    {
        var (queue, _) = await emulator.CreateQueueAsync();
        var (deadLetters, _) = await emulator.CreateQueueAsync();
        var aws = new Dictionary<string, string?>(emulator.Emulator.Settings, StringComparer.Ordinal);
        if (endpoint is not null)
            aws["AWS_ENDPOINT_URL"] = endpoint;
        return (MessagingHost.Create(aws, [("JobQueue", queue), ("JobDeadLetterQueue", deadLetters), .. settings]), queue, deadLetters);
    }

    public static Job NewJob(string id = "j1") =>
        new() { JobId = id, Operation = JobOperation.NewSurveys, ApiId = "ODG_SURVEYS", Resource = "survey/1", SourceId = "größer ✓ 😀" };

    public static async Task<QueuedMessage> ReceiveOneAsync(this IJobQueue jobs) =>
        Assert.Single(await jobs.ReceiveAsync(10, Wait, Visibility, CancellationToken.None));
}
