using System.Text.RegularExpressions;
using ApiPoc.Redis.Throttling;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.ExternalApi.Quotas;

/// <summary>Finds this service's quotas in Redis, by SCAN of its own prefix.</summary>
internal sealed partial class QuotaKeys(IConnectionMultiplexer redis, IOptions<RedisAdmissionOptions> options)
{
    private const int ScanCount = 500;

    // More would be an answer nobody reads; the sweep still ends.
    private const int MaxKeys = 10_000;

    /// <summary>The API keys that have used some quota.</summary>
    public async Task<IReadOnlyList<string>> ApiKeysAsync(CancellationToken cancellationToken) =>
        [.. (await ScanAsync(cancellationToken)).Select(ApiKeyOf).OfType<string>().Distinct()];

    /// <summary>Forgets all use of all quotas; the number of windows forgotten.</summary>
    public async Task<long> ClearAsync(CancellationToken cancellationToken)
    {
        long cleared = 0;
        while (await ScanAsync(cancellationToken) is { Count: > 0 } keys)
            cleared += await BoundAsync(redis.GetDatabase().KeyDeleteAsync([.. keys.Select(key => (RedisKey)key)]), cancellationToken);
        return cleared;
    }

    private async Task<IReadOnlyList<string>> ScanAsync(CancellationToken cancellationToken)
    {
        string pattern = $"{GlobSyntax().Replace(options.Value.KeyPrefix, @"\$0")}*";
        HashSet<string> found = [];
        string cursor = "0";
        do
        {
            var scan = redis.GetDatabase().ExecuteAsync("SCAN", cursor, "MATCH", pattern, "COUNT", ScanCount);
            var result = ((RedisResult[]?)await BoundAsync(scan, cancellationToken))!;
            cursor = (string?)result[0] ?? "0";
            found.UnionWith(((RedisValue[])result[1]!).Select(key => key.ToString()));
        }
        while (cursor != "0" && found.Count < MaxKeys);
        return [.. found];
    }

    private string? ApiKeyOf(string redisKey)
    {
        // {prefix}w:{level}:{window}:{API key}: levels hold no window, and the API key, which may hold anything, comes last.
        var match = LevelAndWindow().Match(redisKey[options.Value.KeyPrefix.Length..]);
        return match.Success ? match.Groups["key"].Value : null;
    }

    private Task<T> BoundAsync<T>(Task<T> command, CancellationToken cancellationToken) =>
        command.WaitAsync(options.Value.Timeout, cancellationToken);

    [GeneratedRegex(@"[\\*?\[\]]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GlobSyntax();

    [GeneratedRegex(@"^w:[a-z:]+:[0-9.]+s:(?<key>.*)$", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LevelAndWindow();
}
