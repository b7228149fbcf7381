using System.Text.Json;
using ApiPoc.Domain.Jobs;
using StackExchange.Redis;

namespace ApiPoc.Redis.Jobs;

/// <summary>One step in a job's attempts, as <c>job-steps.lua</c> reads it.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Values">The step's name and three values.</param>
internal sealed record LedgerStep(string JobId, RedisValue[] Values)
{
    public static LedgerStep Begin(string jobId, int maxAttempts, TimeSpan lease) =>
        new(jobId, ["begin", maxAttempts, (long)lease.TotalMilliseconds, ""]);

    public static LedgerStep Complete(string jobId, long fence, JobResult result, RedisValue day) =>
        new(jobId, ["complete", fence, JsonSerializer.Serialize(result, JsonSerializerOptions.Web), day]);

    public static LedgerStep Refund(string jobId, long fence) => new(jobId, ["refund", fence, "", ""]);

    public static LedgerStep Fail(string jobId, long fence, int? statusCode, string reason) =>
        new(jobId, ["fail", fence, statusCode is { } status ? status : "", reason]);

    public static LedgerStep GiveUp(string jobId, long fence, int? statusCode, string reason) =>
        new(jobId, ["give_up", fence, statusCode is { } status ? status : "", reason]);

    public static LedgerStep Reopen(string jobId, string redrive) => new(jobId, ["reopen", redrive, "", ""]);

    public static LedgerStep Look(string jobId) => new(jobId, ["look", "", "", ""]);

    public static LedgerStep Abandon(string jobId) => new(jobId, ["abandon", "", "", ""]);
}
