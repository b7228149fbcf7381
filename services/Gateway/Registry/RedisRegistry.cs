using System.Globalization;
using ApiPoc.Redis;
using StackExchange.Redis;

namespace ApiPoc.Gateway.Registry;

/// <summary>
/// The registry's items in Redis. One hash holds them, one sorted set orders their changes, so that a process that knows
/// version v is brought up to date by one short call; deleted items stay in the order of changes.
/// </summary>
internal sealed class RedisRegistry(IConnectionMultiplexer redis, RegistryOptions options)
{
    private const int PageSize = 1000;

    // An import writes tens of thousands of items in one step, which takes Redis longer than one call may.
    private static readonly TimeSpan TimePerItem = TimeSpan.FromMicroseconds(200);
    private static readonly RedisKey[] Keys = ["gateway:{registry}:items", "gateway:{registry}:changes", "gateway:{registry}:version"];
    private static readonly RedisScript ChangesScript = RedisScript.Load(typeof(RedisRegistry).Assembly, "registry-changes");
    private static readonly RedisScript CommitScript = RedisScript.Load(typeof(RedisRegistry).Assembly, "registry-commit");

    /// <summary>Where each commit announces its version.</summary>
    public static RedisChannel Channel { get; } = new("gateway:registry:changed", RedisChannel.PatternMode.Literal);

    /// <summary>Lists at most a page of what changed after <paramref name="version"/> of filling <paramref name="baseVersion"/>.</summary>
    /// <exception cref="RedisException">Redis is gone, see <see cref="RedisFailure"/>; so does TimeoutException say.</exception>
    public async Task<RegistryChanges> ChangesAfterAsync(long baseVersion, long version, CancellationToken cancellationToken)
    {
        var result = (RedisValue[])(await ChangesScript.EvaluateAsync(
            redis, Keys, [Text(version), Text(baseVersion), PageSize], options.CallTimeout, cancellationToken))!;
        var items = new List<RegistryItem>((result.Length - 2) / 3);
        for (int at = 2; at < result.Length; at += 3)
            items.Add(new RegistryItem((string)result[at]!, result[at + 2]));
        long head = Number(result[1]);
        bool isLast = items.Count < PageSize;
        return new RegistryChanges(Number(result[0]), isLast ? head : Number(result[^2]), isLast, items);
    }

    /// <summary>Writes <paramref name="items"/> if the registry is still at <paramref name="decidedUpon"/>.</summary>
    /// <returns>False when it has moved on: then nothing was written.</returns>
    public async Task<bool> TryCommitAsync(long decidedUpon, IReadOnlyList<RegistryItem> items, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [Text(decidedUpon), (string)Channel!, .. items.SelectMany(item => new RedisValue[] { item.Name, item.Json ?? "" })];
        var result = await CommitScript.EvaluateAsync(redis, Keys, arguments, options.CallTimeout + (items.Count * TimePerItem), cancellationToken);
        return (string?)result != "-1";
    }

    private static RedisValue Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(RedisValue text) => long.Parse((string)text!, CultureInfo.InvariantCulture);
}
