using StackExchange.Redis;

namespace ApiPoc.Redis.Jobs;

/// <summary>
/// Where the ledger lives: one slot, so that recording a result and counting it are one step. That bounds the ledger to one node of a
/// cluster, at a few short scripts per process and second.
/// </summary>
/// <param name="slot">What all its keys share.</param>
internal sealed class JobKeys(string slot)
{
    /// <summary>Everybody's ledger.</summary>
    public static readonly JobKeys Shared = new("jobs");

    /// <summary>Worker invocations per <c>yyyy-MM-dd:api_id</c>.</summary>
    public static readonly RedisKey Invocations = "stats:invoke";

    /// <summary>What the ledger did: <c>recorded</c>, <c>duplicates_refused</c>, <c>stale_completions</c>.</summary>
    public RedisKey Counts { get; } = $"{{{slot}}}:counts";

    /// <summary>Results recorded per <c>yyyy-MM-dd:api_id</c>.</summary>
    public RedisKey Results { get; } = $"{{{slot}}}:results";

    /// <summary>One job's attempts and result.</summary>
    public RedisKey Job(string jobId) => $"{{{slot}}}:job:{jobId}";

    /// <summary>The field of a day and an API.</summary>
    public static RedisValue Day(DateTimeOffset now, string apiId) => $"{now.UtcDateTime:yyyy-MM-dd}:{apiId}";
}
