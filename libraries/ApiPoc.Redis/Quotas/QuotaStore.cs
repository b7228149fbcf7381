using System.Globalization;
using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Redis.Quotas;

/// <summary>Reads and swaps the shared quota state of APIs in Redis, one round trip each, and learns the store's time from every answer.</summary>
internal sealed class QuotaStore(IConnectionMultiplexer redis, TimeProvider clock, IOptions<QuotaStoreOptions> options)
{
    /// <summary>The channel that tells of every change; messages are <see cref="QuotaNotice"/>s.</summary>
    public const string Changes = "quota:changes";

    private static readonly TimeSpan TimeIsKnownFor = TimeSpan.FromSeconds(10);

    private static readonly RedisScript Script = RedisScript.Load("quota-swap");

    private long? _timeAskedAt;
    private int _looksAtTime = 5;

    /// <summary>The store's time.</summary>
    public StoreClock Clock { get; } = new(clock);

    /// <summary>Whether the store was lately asked its time alone.</summary>
    public bool IsTimeKnown => _timeAskedAt is { } at && clock.GetElapsedTime(at) < TimeIsKnownFor;

    /// <summary>Reads the state; null where there is none yet.</summary>
    /// <exception cref="QuotaUnavailableException">Redis did not answer.</exception>
    public async Task<QuotaState?> ReadAsync(string apiId, CancellationToken cancellationToken) =>
        (await RunAsync(apiId, "-1", null, "", cancellationToken)).Standing;

    /// <summary>Writes the state over version <c>state.Version − 1</c>.</summary>
    /// <returns>Whether it was written, and if not, what stands instead.</returns>
    /// <exception cref="QuotaUnavailableException">Redis did not answer; it may have been written.</exception>
    public Task<(bool IsWritten, QuotaState? Standing)> SwapAsync(string apiId, QuotaState state, CancellationToken cancellationToken) =>
        RunAsync(apiId, (state.Version - 1).ToString(CultureInfo.InvariantCulture), state, QuotaNotice.Of(apiId, state).ToString(), cancellationToken);

    /// <summary>Learns the store's time alone, if that was long ago: at first by a few answers, of which one comes fast, then by one.</summary>
    /// <exception cref="RedisException">Redis is gone or refused; see <see cref="RedisFailure.IsUnavailable"/>. So does TimeoutException say.</exception>
    public async Task LearnTimeAsync(CancellationToken cancellationToken)
    {
        if (IsTimeKnown) return;
        _timeAskedAt = clock.GetTimestamp();
        for (var look = 0; look < _looksAtTime; look++)
        {
            var asked = clock.GetTimestamp();
            var answer = (long[])(await redis.GetDatabase().ExecuteAsync("TIME").WaitAsync(options.Value.Budget, cancellationToken))!;
            Clock.Learn(asked, (answer[0] * 1_000_000) + answer[1]);
        }
        _looksAtTime = 1;
    }

    /// <summary>Forgets the state.</summary>
    /// <exception cref="QuotaUnavailableException">Redis did not answer.</exception>
    public async Task DeleteAsync(string apiId)
    {
        try
        {
            await redis.GetDatabase().KeyDeleteAsync(Key(apiId)).WaitAsync(options.Value.Budget, clock);
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            throw new QuotaUnavailableException("Redis did not answer about a quota.", failure);
        }
    }

    /// <summary>Tells everybody who listens.</summary>
    /// <exception cref="QuotaUnavailableException">Redis did not take it.</exception>
    public async Task TellAsync(QuotaNotice notice)
    {
        try
        {
            await redis.GetSubscriber().PublishAsync(new RedisChannel(Changes, RedisChannel.PatternMode.Literal), notice.ToString()).WaitAsync(options.Value.Budget, clock);
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            throw new QuotaUnavailableException("Redis did not take a notice about a quota.", failure);
        }
    }

    private static RedisKey Key(string apiId) => $"{{{apiId}:quota}}";

    private async Task<(bool IsWritten, QuotaState? Standing)> RunAsync(
        string apiId, string expected, QuotaState? next, string notice, CancellationToken cancellationToken)
    {
        RedisValue[] values =
        [
            expected, next?.Version ?? 0, next is null ? "" : QuotaStateJson.Write(next), (long)options.Value.Keep.TotalMilliseconds, Changes, notice,
        ];
        var asked = clock.GetTimestamp();
        try
        {
            var answer = (RedisResult[])(await Script.EvaluateAsync(redis, [Key(apiId)], values, options.Value.Budget, cancellationToken))!;
            Clock.Learn(asked, (long)answer[1]);
            if ((long)answer[0] == 1) return (true, null);
            var standing = QuotaStateJson.Read((string?)answer[3] ?? "");
            if (standing is not null) standing.Version = long.Parse((string)answer[2]!, CultureInfo.InvariantCulture);
            return (false, standing);
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            throw new QuotaUnavailableException("Redis did not answer about a quota.", failure);
        }
    }
}
